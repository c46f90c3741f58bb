package io.romancy.engine.codec;

import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Short names for long things, the same in every process: what a start or a message is told apart by. */
public final class Digest {
    private static final int BYTES = 16;

    private Digest() {}

    /** Of an input together with its codec. */
    public static String of(Payload payload) {
        return hex(payload.toBytes());
    }

    /** Of a message with a key: once per key and target, or topic. */
    public static String ofMessage(ChannelName channel, @Nullable String target, String key) {
        return "key:" + ofText(channel.text() + "\0" + (target == null ? "" : target) + "\0" + key);
    }

    public static String ofText(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
