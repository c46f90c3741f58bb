package io.romancy.engine.config;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EngineOptionsTest {

    @Test
    void hasTheDefaultsThatAreDocumented() {
        var options = EngineOptions.defaults();

        assertThat(options.database().url()).isEqualTo("jdbc:sqlite:romancy.db");
        assertThat(options.database().autoMigrate()).isTrue();
        assertThat(options.notifications())
                .isEqualTo(new EngineOptions.Notifications(
                        ListenNotify.AUTO, ofSeconds(30), null, "romancy_", ofSeconds(60)));
        assertThat(options.polling())
                .isEqualTo(new EngineOptions.Polling(ofSeconds(1), ofSeconds(1), ofSeconds(5), 100, 100, 100));
        assertThat(options.worker().enabled()).isTrue();
        assertThat(options.worker().name())
                .endsWith("-" + ProcessHandle.current().pid());
        assertThat(options.worker().maxConcurrentWorkflows()).isEqualTo(1_000);
        assertThat(options.worker().maxParkedWorkflows()).isEqualTo(10_000);
        assertThat(options.worker().leaseDuration()).isEqualTo(ofSeconds(15));
        assertThat(options.worker().leaseRenewal()).isEqualTo(ofSeconds(5));
        assertThat(options.worker().defaultRetry()).isEqualTo(RetryPolicy.defaults());
        assertThat(options.worker().shutdownTimeout()).isEqualTo(ofSeconds(30));
        assertThat(options.limits()).isEqualTo(new EngineOptions.Limits(ofDays(7), 16 * 1024 * 1024));
    }

    @Test
    void carriesEveryOptionThatIsSet() {
        var options = new OptionsDraft()
                .database("jdbc:postgresql://db/app")
                .storage("postgres")
                .user("ada")
                .password("secret")
                .storageProperty("a", "b")
                .poolSize(3)
                .autoMigrate(false)
                .listenNotify(ListenNotify.TRUE)
                .notifyFallbackInterval(ofSeconds(40))
                .notifyUrl("postgres://ada:pw@direct/app")
                .notifyChannelPrefix("shop_")
                .notifyReconnectDelay(ofSeconds(50))
                .workflowResumptionInterval(ofSeconds(2))
                .timerCheckInterval(ofSeconds(3))
                .channelTimeoutInterval(ofSeconds(4))
                .maxWorkflowsPerBatch(5)
                .maxTimersPerBatch(6)
                .maxMessagesPerBatch(7)
                .workerName("w")
                .maxConcurrentWorkflows(8)
                .maxParkedWorkflows(9)
                .leaseDuration(ofSeconds(20))
                .leaseRenewal(ofSeconds(10))
                .defaultRetry(RetryPolicy.none())
                .shutdownTimeout(ofSeconds(11))
                .retention(null)
                .maxPayloadBytes(2048)
                .worker(false)
                .judge();

        assertThat(options.notifications())
                .isEqualTo(new EngineOptions.Notifications(
                        ListenNotify.TRUE, ofSeconds(40), "postgres://ada:pw@direct/app", "shop_", ofSeconds(50)));
        assertThat(options.polling())
                .isEqualTo(new EngineOptions.Polling(ofSeconds(2), ofSeconds(3), ofSeconds(4), 5, 6, 7));
        assertThat(options.worker())
                .isEqualTo(new EngineOptions.Worker(
                        false, "w", 8, 9, ofSeconds(20), ofSeconds(10), RetryPolicy.none(), ofSeconds(11)));
        assertThat(options.limits()).isEqualTo(new EngineOptions.Limits(null, 2048));

        var settings = options.storageSettings();
        assertThat(settings.url()).isEqualTo("jdbc:postgresql://db/app");
        assertThat(settings.provider()).isEqualTo("postgres");
        assertThat(settings.user()).isEqualTo("ada");
        assertThat(settings.password()).isEqualTo("secret");
        assertThat(settings.autoMigrate()).isFalse();
        assertThat(settings.listenNotify()).isEqualTo(ListenNotify.TRUE);
        assertThat(settings.notifyUrl()).isEqualTo("jdbc:postgresql://direct/app?user=ada&password=pw");
        assertThat(settings.notifyReconnectDelay()).isEqualTo(ofSeconds(50));
        assertThat(settings.poolSize()).isEqualTo(3);
        assertThat(settings.properties()).containsEntry("a", "b").hasSize(1);
    }

    @Test
    void takesCredentialsFromTheUrlIfNoOptionNamesThem() {
        var settings =
                new OptionsDraft().database("postgres://ada:pw@db/app").judge().storageSettings();

        assertThat(settings.user()).isEqualTo("ada");
        assertThat(settings.password()).isEqualTo("pw");
        assertThat(settings.url()).isEqualTo("jdbc:postgresql://db/app");
    }

    @Test
    void knowsEveryOptionOfTheBuilder() {
        var notOptions = Set.of("workflow", "poller", "handler", "publisher", "listener", "classLoader", "open");
        var offered = Arrays.stream(RomancyBuilder.class.getMethods())
                .map(Method::getName)
                .filter(name -> !notOptions.contains(name))
                .toList();
        var known = Arrays.stream(OptionsDraft.class.getMethods())
                .map(Method::getName)
                .toList();

        assertThat(offered).hasSizeGreaterThan(25).isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsOutOfRangeAndNamesOptionValueAndRange(String named, UnaryOperator<OptionsDraft> change) {
        assertThatThrownBy(() -> change.apply(new OptionsDraft()).judge())
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("Option " + named + " is refused:")
                .hasMessageNotContaining("things are wrong");
    }

    static List<Arguments> refusesWhatIsOutOfRangeAndNamesOptionValueAndRange() {
        return List.of(
                bad("poolSize = 0", d -> d.poolSize(0)),
                bad("storage = ''", d -> d.storage(" ")),
                bad("database = 'x.db'", d -> d.database("x.db")),
                bad("notifyFallbackInterval = PT25H", d -> d.notifyFallbackInterval(ofHours(25))),
                bad("notifyReconnectDelay = PT0S", d -> d.notifyReconnectDelay(ofMillis(0))),
                bad("notifyUrl = 'direct'", d -> d.notifyUrl("direct")),
                bad("notifyChannelPrefix = ''", d -> d.notifyChannelPrefix("")),
                bad("notifyChannelPrefix = 'Shop_'", d -> d.notifyChannelPrefix("Shop_")),
                bad(
                        "notifyChannelPrefix = 'abcdefghijklmnopqrstuvwx'",
                        d -> d.notifyChannelPrefix("abcdefghijklmnopqrstuvwx")),
                bad("workflowResumptionInterval = PT0S", d -> d.workflowResumptionInterval(ofMillis(0))),
                bad("timerCheckInterval = PT-1S", d -> d.timerCheckInterval(ofSeconds(-1))),
                bad("channelTimeoutInterval = PT0.001S", d -> d.channelTimeoutInterval(ofMillis(1))),
                bad("maxWorkflowsPerBatch = 0", d -> d.maxWorkflowsPerBatch(0)),
                bad("maxTimersPerBatch = 10001", d -> d.maxTimersPerBatch(10_001)),
                bad("maxMessagesPerBatch = -1", d -> d.maxMessagesPerBatch(-1)),
                bad("workerName = ' '", d -> d.workerName(" ")),
                bad("maxConcurrentWorkflows = 0", d -> d.maxConcurrentWorkflows(0)),
                bad("maxParkedWorkflows = -1", d -> d.maxParkedWorkflows(-1)),
                bad("leaseDuration = PT2H", d -> d.leaseDuration(ofHours(2))),
                bad("leaseRenewal = PT0S", d -> d.leaseRenewal(ofSeconds(0))),
                bad("shutdownTimeout = PT-1S", d -> d.shutdownTimeout(ofSeconds(-1))),
                bad("retention = PT0S", d -> d.retention(ofSeconds(0))),
                bad("maxPayloadBytes = 1", d -> d.maxPayloadBytes(1)));
    }

    @ParameterizedTest
    @MethodSource
    void refusesOptionsThatContradictEachOtherAndNamesBoth(
            String one, String other, UnaryOperator<OptionsDraft> change) {
        assertThatThrownBy(() -> change.apply(new OptionsDraft()).judge())
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContainingAll(one, other)
                .hasMessageNotContaining("secret");
    }

    static List<Arguments> refusesOptionsThatContradictEachOtherAndNamesBoth() {
        return List.of(
                contradiction("leaseRenewal = PT8S", "leaseDuration = PT15S", d -> d.leaseRenewal(ofSeconds(8))),
                contradiction(
                        "notifyFallbackInterval = PT2S",
                        "channelTimeoutInterval = PT5S",
                        d -> d.notifyFallbackInterval(ofSeconds(2))),
                contradiction(
                        "notifyFallbackInterval = PT30S",
                        "workflowResumptionInterval = PT1M",
                        d -> d.workflowResumptionInterval(ofMinutes(1))),
                contradiction(
                        "notifyFallbackInterval = PT30S",
                        "timerCheckInterval = PT1M",
                        d -> d.timerCheckInterval(ofMinutes(1))),
                contradiction(
                        "notifyUrl",
                        "listenNotify = FALSE",
                        d -> d.notifyUrl("postgres://u:secret@db/a").listenNotify(ListenNotify.FALSE)),
                contradiction(
                        "user",
                        "database",
                        d -> d.database("postgres://a:secret@db/a").user("b")),
                contradiction(
                        "password",
                        "database",
                        d -> d.database("postgres://a:secret@db/a").password("secret2")),
                contradiction(
                        "password",
                        "database",
                        d -> d.database("jdbc:postgresql://db/a?password=secret")
                                .password("x")));
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        var draft = new OptionsDraft().poolSize(0).maxPayloadBytes(0).database("postgres://u:%zzsecret@db/a");

        assertThatThrownBy(draft::judge)
                .hasMessageContainingAll("3 things", "poolSize = 0", "maxPayloadBytes = 0", "Option database")
                .hasMessageNotContaining("secret");
    }

    @Test
    void printsNoSecret() {
        var options = new OptionsDraft()
                .database("jdbc:postgresql://db/app?x=secret1")
                .user("ada")
                .password("secret2")
                .storageProperty("key", "secret3")
                .notifyUrl("postgres://u:secret4@db/a")
                .judge();

        assertThat(options.toString()).contains("db/app", "poolSize=10").doesNotContain("secret", "ada");
        assertThat(options.storageSettings().toString()).doesNotContain("secret", "ada");
    }

    private static Arguments bad(String named, UnaryOperator<OptionsDraft> change) {
        return Arguments.of(named, change);
    }

    private static Arguments contradiction(String one, String other, UnaryOperator<OptionsDraft> change) {
        return Arguments.of(one, other, change);
    }
}
