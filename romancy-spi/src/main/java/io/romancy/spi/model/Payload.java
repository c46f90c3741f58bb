package io.romancy.spi.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encoded data together with the name of the codec that can read it. Storages keep {@link #toBytes()} and never look inside. The array is
 * not copied; whoever hands it over no longer changes it.
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, see below
public record Payload(String codec, byte[] data) {
    public Payload {
        if (codec.isEmpty() || codec.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a codec's name is one line: '" + codec + "'");
        }
    }

    /** One array for one column: the codec's name, a line feed, the data; readable in a database console. */
    public byte[] toBytes() {
        byte[] name = codec.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(name, name.length + 1 + data.length);
        all[name.length] = '\n';
        System.arraycopy(data, 0, all, name.length + 1, data.length);
        return all;
    }

    /** Reads what {@link #toBytes()} wrote. */
    public static Payload ofBytes(byte[] all) {
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                return new Payload(
                        new String(all, 0, i, StandardCharsets.UTF_8), Arrays.copyOfRange(all, i + 1, all.length));
            }
        }
        throw new IllegalArgumentException("no codec in " + all.length + " stored bytes");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload p && codec.equals(p.codec) && Arrays.equals(data, p.data);
    }

    @Override
    public int hashCode() {
        return 31 * codec.hashCode() + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return codec + "[" + data.length + " bytes]";
    }
}
