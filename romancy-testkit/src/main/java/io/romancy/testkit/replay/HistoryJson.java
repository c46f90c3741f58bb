package io.romancy.testkit.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.romancy.engine.replay.RecordKind;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The file of a recorded history: one field a line, names instead of numbers, data as it is. */
final class HistoryJson {
    private static final String FORMAT = "romancy_history";
    private static final int NEWEST = 1;

    private HistoryJson() {}

    static String write(RecordedHistory history) {
        ObjectNode all = PayloadJson.MAPPER.createObjectNode();
        all.put(FORMAT, NEWEST)
                .put("workflow", history.route().workflow())
                .put("version", history.route().version())
                .put("id", history.id())
                .put("run", history.run())
                .put("started_at", history.startedAt().toString())
                .put("status", history.status().name());
        if (history.cancelReason() != null) {
            all.put("cancel_reason", history.cancelReason());
        }
        if (!history.waitsFor().isEmpty()) {
            history.waitsFor().forEach(all.putArray("waits_for")::add);
        }
        all.set("input", PayloadJson.write(history.input()));
        ArrayNode steps = all.putArray("steps");
        history.steps().forEach(step -> steps.add(write(step)));
        if (history.outcome() != null) {
            all.set("outcome", PayloadJson.write(history.outcome()));
        }
        return pretty(all);
    }

    private static ObjectNode write(StepRecord step) {
        ObjectNode node = PayloadJson.MAPPER.createObjectNode();
        node.put("position", step.position());
        RecordKind kind = RecordKind.of(step);
        if (kind == null) {
            node.put("kind", step.kind());
        } else {
            node.put("kind", kind.name());
            if (kind.code() != step.kind()) {
                node.put("compensating", true);
            }
        }
        node.put("name", step.name()).put("at", step.at().toString());
        if (step.body() != null) {
            node.set("body", PayloadJson.write(step.body()));
        }
        return node;
    }

    private static String pretty(JsonNode node) {
        var indenter = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        try {
            return PayloadJson.MAPPER.writer(printer).writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of values cannot be written", e);
        }
    }

    static RecordedHistory read(String text) throws JsonProcessingException {
        JsonNode all = PayloadJson.MAPPER.readTree(text);
        if (all.path(FORMAT).asInt() != NEWEST) {
            throw new IllegalArgumentException(
                    "its field " + FORMAT + " is " + all.path(FORMAT) + " and not " + NEWEST + ".");
        }
        Set<String> waitsFor = new TreeSet<>();
        all.path("waits_for").forEach(name -> waitsFor.add(name.asText()));
        List<StepRecord> steps = new ArrayList<>();
        field(all, "steps").forEach(step -> steps.add(step(step)));
        return new RecordedHistory(
                field(all, "id").asText(),
                field(all, "run").asLong(),
                new Route(field(all, "workflow").asText(), field(all, "version").asInt()),
                InstanceStatus.valueOf(field(all, "status").asText()),
                textOrNull(all, "cancel_reason"),
                Instant.parse(field(all, "started_at").asText()),
                waitsFor,
                PayloadJson.read(field(all, "input")),
                steps,
                payloadOrNull(all, "outcome"));
    }

    private static StepRecord step(JsonNode node) {
        return new StepRecord(
                field(node, "position").asInt(),
                kind(node),
                field(node, "name").asText(),
                payloadOrNull(node, "body"),
                Instant.parse(field(node, "at").asText()));
    }

    private static int kind(JsonNode node) {
        JsonNode kind = field(node, "kind");
        if (kind.isNumber()) {
            return kind.asInt();
        }
        int code = RecordKind.valueOf(kind.asText()).code();
        return node.path("compensating").asBoolean() ? code + Integer.signum(code) * StepRecord.COMPENSATION : code;
    }

    private static @Nullable Payload payloadOrNull(JsonNode node, String name) {
        return node.has(name) ? PayloadJson.read(node.get(name)) : null;
    }

    private static @Nullable String textOrNull(JsonNode node, String name) {
        return node.has(name) ? node.get(name).asText() : null;
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode found = node.get(name);
        if (found == null) {
            throw new IllegalArgumentException("it has no field " + name + ".");
        }
        return found;
    }
}
