package io.romancy.testkit.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.romancy.spi.model.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Payloads in a file: what is JSON stands there as JSON under the name of its codec, if that gives the same bytes again; other data as text,
 * and what is no text as Base64.
 */
final class PayloadJson {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String ENVELOPE = "romancy";
    private static final String CONTENT = "content";
    private static final String FAILURE = "failure";
    private static final String CODEC = "codec";
    private static final String TEXT = "text";
    private static final String BASE64 = "base64";

    private PayloadJson() {}

    static ObjectNode write(Payload payload) {
        return payload.codec().equals(ENVELOPE) ? envelope(payload.data()) : plain(payload);
    }

    /** On one line, for messages. */
    static String line(@Nullable Payload payload) {
        return payload == null ? "" : write(payload).toString();
    }

    static Payload read(JsonNode node) {
        if (node.has(ENVELOPE)) {
            String head = node.get(ENVELOPE) + "\n";
            byte[] tail = node.has(CONTENT) ? read(node.get(CONTENT)).toBytes() : new byte[0];
            return new Payload(ENVELOPE, concat(head.getBytes(StandardCharsets.UTF_8), tail));
        }
        if (node.has(CODEC)) {
            String codec = node.get(CODEC).asText();
            return node.has(BASE64)
                    ? new Payload(
                            codec, Base64.getDecoder().decode(node.get(BASE64).asText()))
                    : new Payload(codec, node.path(TEXT).asText().getBytes(StandardCharsets.UTF_8));
        }
        if (node.size() != 1) {
            throw new IllegalArgumentException("a payload has the name of its codec and its data, not " + node + ".");
        }
        String codec = node.fieldNames().next();
        return new Payload(codec, bytes(node.get(codec)));
    }

    /** What the engine adds is one line of JSON; what follows is a payload of its own. */
    private static ObjectNode envelope(byte[] data) {
        int end = 0;
        while (end < data.length && data[end] != '\n') {
            end++;
        }
        JsonNode head = tree(Arrays.copyOf(data, end));
        if (head == null) {
            return data(new Payload(ENVELOPE, data));
        }
        ObjectNode node = MAPPER.createObjectNode();
        node.set(ENVELOPE, head);
        if (end + 1 < data.length) {
            node.set(CONTENT, write(Payload.ofBytes(Arrays.copyOfRange(data, end + 1, data.length))));
        }
        return node;
    }

    private static ObjectNode plain(Payload payload) {
        JsonNode tree = payload.codec().equals(CODEC) ? null : tree(payload.data());
        if (tree == null || !Arrays.equals(bytes(tree), payload.data())) {
            return data(payload);
        }
        ObjectNode node = MAPPER.createObjectNode();
        node.set(payload.codec(), payload.codec().equals(FAILURE) ? withoutStackTraces(tree) : tree);
        return node;
    }

    /** They decide nothing, differ with every edit of a file, and would bury the rest. */
    private static JsonNode withoutStackTraces(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("stack").isArray()) {
            object.putArray("stack");
        }
        node.forEach(PayloadJson::withoutStackTraces);
        return node;
    }

    private static ObjectNode data(Payload payload) {
        ObjectNode node = MAPPER.createObjectNode().put(CODEC, payload.codec());
        try {
            return node.put(
                    TEXT,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(payload.data()))
                            .toString());
        } catch (CharacterCodingException e) {
            return node.put(BASE64, Base64.getEncoder().encodeToString(payload.data()));
        }
    }

    /** Null if it is no JSON. */
    private static @Nullable JsonNode tree(byte[] data) {
        try {
            JsonNode tree = MAPPER.readTree(data);
            return tree.isMissingNode() ? null : tree;
        } catch (IOException e) {
            return null; // then it is shown as text
        }
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of values cannot be written", e);
        }
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
