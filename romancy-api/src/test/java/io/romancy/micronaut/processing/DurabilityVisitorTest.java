package io.romancy.micronaut.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code that would silently not be durable does not compile, and all other code does. */
class DurabilityVisitorTest {
    @TempDir
    Path output;

    /** Micronaut's processor leaves its options behind as system properties. */
    @AfterEach
    void forgetOptions() {
        System.clearProperty(DurabilityVisitor.DATASOURCE);
    }

    private void refused(String code, String subject, String reason, String remedy) throws IOException {
        assertThat(new Compilation(output).errors(code))
                .anySatisfy(error -> assertThat(error)
                        .contains("ROM-1014: " + subject + " is refused: ")
                        .contains(reason)
                        .contains(remedy));
    }

    private void compiles(String code) throws IOException {
        assertThat(new Compilation(output).errors(code)).isEmpty();
    }

    @Test
    void whatIsRightCompiles() throws IOException {
        compiles("""
                @Singleton class Shop {
                    @Activity @Transactional @Compensate("release") String reserve(String item, int[] places) { return item; }
                    void release(String item, int[] places, String place) {}
                    @Activity @Transactional(rollbackFor = Throwable.class) void all() {}
                    @Activity(attempts = 3) protected List<String> list() { return List.of(); }
                    @Activity @Compensate("untell") void tell(String item) {}
                    @Activity void untell(String item) {}
                }
                class Inheriting extends Parent { @Inject Inheriting() {} }
                abstract class Parent { @Activity String hello() { return ""; } }
                @Workflow("order") class Order implements Durable<String, String> {
                    private final Shop shop;
                    Order(Shop shop) { this.shop = shop; }
                    @Override public String run(WorkflowContext ctx, String item) { return own(item); }
                    @Activity String own(String item) { return item; }
                    @Workflow("inside") static class Inside implements Durable<String, String> {
                        @Override public String run(WorkflowContext ctx, String item) { return item; }
                    }
                }
                interface Plain { String nothing(); }
                class Elsewhere { static void main() {} }
                """);
    }

    @Test
    void interfacesThatMicronautImplementsCompile() throws IOException {
        compiles("""
                @io.micronaut.http.client.annotation.Client("http://psp") interface Psp {
                    @Activity @io.micronaut.http.annotation.Post("/charge") String charge(String card);
                    @Activity default String twice(String card) { return charge(card) + charge(card); }
                }
                """);
    }

    private record Case(String code, String reason, String remedy) {}

    /** Compiles all at once, each as class {@code Case0} and so on; a compilation takes a second. */
    private void allRefused(String frame, String subject, List<Case> cases) throws IOException {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < cases.size(); i++) {
            code.append(frame.replace("CODE", cases.get(i).code()).replace("CASE", "Case" + i))
                    .append('\n');
        }
        List<String> errors = new Compilation(output).errors(code.toString());
        for (int i = 0; i < cases.size(); i++) {
            Case expected = cases.get(i);
            String start = "ROM-1014: " + subject.replace("CASE", "shop.Case" + i) + " is refused: ";
            assertThat(errors)
                    .as(expected.code())
                    .filteredOn(error -> error.startsWith(start))
                    .anySatisfy(error ->
                            assertThat(error).contains(expected.reason()).contains(expected.remedy()));
        }
    }

    @Test
    void methodsThatAreNotInterceptedOrNotRecorded() throws IOException {
        allRefused(
                "@Singleton class CASE { @Activity CODE }",
                "Activity CASE.act",
                List.of(
                        new Case("static void act() {}", "it is static", "Make it a method of the bean"),
                        new Case("private void act() {}", "it is private", "Let the package see it"),
                        new Case("final void act() {}", "it is final", "Take final away"),
                        new Case("@Async void act() {}", "@Async runs it on a thread", "Take @Async away"),
                        new Case(
                                "@Transactional(propagation = Propagation.REQUIRES_NEW) void act() {}",
                                "REQUIRES_NEW",
                                "Take REQUIRES_NEW away"),
                        new Case(
                                "@Transactional(noRollbackFor = IllegalStateException.class) void act() {}",
                                "by noRollbackFor its transaction is committed although the attempt has failed",
                                "Take noRollbackFor away"),
                        new Case(
                                "@Transactional(rollbackFor = IllegalStateException.class) void act() {}",
                                "by rollbackFor its transaction is committed although the attempt has failed",
                                "Take rollbackFor away"),
                        new Case(
                                "CompletableFuture<String> act() { return null; }",
                                "it returns java.util.concurrent.CompletableFuture",
                                "Return the value itself"),
                        new Case(
                                "Future<String> act() { return null; }",
                                "it returns java.util.concurrent.Future",
                                "Return the value itself"),
                        new Case(
                                "org.reactivestreams.Publisher<String> act() { return null; }",
                                "it returns org.reactivestreams.Publisher",
                                "Return the value itself"),
                        new Case(
                                "Flow.Publisher<String> act() { return null; }",
                                "Flow$Publisher",
                                "Return the value itself"),
                        new Case(
                                "Stream<String> act() { return null; }",
                                "it returns java.util.stream.Stream",
                                "or a list"),
                        new Case(
                                "IntStream act() { return null; }",
                                "it returns java.util.stream.IntStream",
                                "or a list"),
                        new Case(
                                "<T> T act() { return null; }",
                                "it returns a type variable",
                                "Name the type of the result"),
                        new Case(
                                "@Compensate(\"gone\") void act() {}",
                                "names 'gone' in @Compensate, but there is no such method",
                                "Let one method of its class"),
                        new Case(
                                "@Compensate(\"undo\") void act() {} void undo(String more) {}",
                                "but there is no such method",
                                "Let one method of its class"),
                        new Case(
                                "@Compensate(\"undo\") String act() { return \"\"; } void undo() {} void undo(String result) {}",
                                "but there are two of them",
                                "Let one method"),
                        new Case(
                                "@Compensate(\"undo\") void act() {} static void undo() {}",
                                "but it is static or private",
                                "neither private nor static")));
    }

    @Test
    void aFinalClass() throws IOException {
        refused(
                "@Singleton final class Shop { @Activity void act() {} }",
                "Activity shop.Shop.act",
                "its class is final",
                "Take final away");
    }

    @Test
    void aClassThatIsNoBean() throws IOException {
        refused(
                "class Shop { @Activity void act() {} }",
                "Activity shop.Shop.act",
                "its class is no bean",
                "@Singleton");
        refused(
                """
                class Shop { @Activity void act() {} }
                @Factory class Shops { @Singleton Shop shop() { return new Shop(); } }
                """,
                "Activity shop.Shop.act",
                "its class is no bean",
                "a bean that a @Factory makes is not intercepted");
    }

    @Test
    void anInterfaceThatNobodyIntroduces() throws IOException {
        refused(
                """
                interface Shop { @Activity void act(); }
                @Singleton class RealShop implements Shop { public void act() {} }
                """,
                "Activity shop.Shop.act",
                "only an interface says that it is one",
                "Put @Activity on the method of that class");
    }

    @Test
    void whatIsInheritedWithTypeParameters() throws IOException {
        refused(
                """
                abstract class Base<T> { @Activity T act(T input) { return input; } }
                @Singleton class Shop extends Base<String> {}
                """,
                "Activity shop.Shop.act",
                "it is inherited from shop.Base with type parameters",
                "Override it here with @Activity");
    }

    @Test
    void aTransactionOfAnotherDatasource() throws IOException {
        String code = "@Singleton class Shop { @Activity @Transactional(\"archive\") void act() {} }";

        assertThat(new Compilation(output)
                        .with("-Amicronaut.romancy.datasource=orders")
                        .errors(code))
                .anySatisfy(error -> assertThat(error)
                        .contains(
                                "ROM-1014: Activity shop.Shop.act is refused: its transaction is one of datasource 'archive'")
                        .contains("Name 'orders'"));
        assertThat(new Compilation(output)
                        .with("-Amicronaut.romancy.datasource=archive")
                        .errors(code))
                .isEmpty();
        forgetOptions();
        assertThat(new Compilation(output).errors(code))
                .as("found out at start, when nobody tells the processor")
                .isEmpty();
    }

    @Test
    void aCompensationOfNothing() throws IOException {
        refused(
                "@Singleton class Shop { @Compensate(\"undo\") void act() {} void undo() {} }",
                "Activity shop.Shop.act",
                "it has @Compensate and is no activity",
                "Add @Activity");
    }

    @Test
    void workflowClasses() throws IOException {
        allRefused(
                "@Workflow(\"CASE\") CODE { public String run(WorkflowContext ctx, String item) { return item; } }",
                "Workflow class CASE",
                List.of(
                        new Case("class CASE", "it does not implement Durable", "Implement Durable<Input, Output>"),
                        new Case(
                                "class CASE<T> implements Durable<String, String>",
                                "it has type parameters",
                                "Make a subclass that names them"),
                        new Case(
                                "abstract class CASE implements Durable<String, String>",
                                "it is abstract",
                                "Put @Workflow on the classes that extend it"),
                        new Case(
                                "@Singleton class CASE implements Durable<String, String>",
                                "@Singleton stands beside @Workflow",
                                "makes the class a prototype"),
                        new Case(
                                "@Transactional class CASE implements Durable<String, String>",
                                "asks for a transaction by @Transactional",
                                "each activity has a transaction of its own"),
                        new Case(
                                "@Context class CASE implements Durable<String, String>",
                                "stands beside @Workflow",
                                "makes the class a prototype")));
    }

    @Test
    void aWorkflowInATransaction() throws IOException {
        refused("""
                @Workflow("order") class Order implements Durable<String, String> {
                    @Transactional public String run(WorkflowContext ctx, String item) { return item; }
                }
                """, "Workflow class shop.Order", "asks for a transaction by @Transactional", "Take it away");
    }

    @Test
    void anInnerClass() throws IOException {
        refused("""
                class Outer {
                    @Workflow("order") class Order implements Durable<String, String> {
                        public String run(WorkflowContext ctx, String item) { return item; }
                    }
                }
                """, "Workflow class shop.Outer$Order", "it is an inner class", "Make it static");
    }
}
