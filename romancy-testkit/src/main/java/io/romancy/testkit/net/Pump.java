package io.romancy.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One way through a connection. A virtual thread reads ahead and notes when each piece came; another passes it on when it may. So a delay is
 * how much later things arrive, and not how seldom.
 */
final class Pump {
    private static final int PIECE = 16 * 1024;

    /** Pieces between the two threads; then the sender has to wait. */
    private static final int AHEAD = 16;

    private static final Piece END = new Piece(new byte[0], 0);

    private final Link link;
    private final Direction direction;
    private final Socket from;
    private final Socket to;
    private final Traffic traffic;
    private final Filter filter;
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(AHEAD);

    /** Bytes, and when they came, on the clock of {@link System#nanoTime}. */
    private static final class Piece {
        final byte[] bytes;
        final long arrived;

        Piece(byte[] bytes, long arrived) {
            this.bytes = bytes;
            this.arrived = arrived;
        }

        /** Nothing was read that is empty. */
        boolean isEnd() {
            return bytes.length == 0;
        }
    }

    Pump(Link link, Direction direction, Socket from, Socket to, Traffic traffic, Filter filter) {
        this.link = link;
        this.direction = direction;
        this.from = from;
        this.to = to;
        this.traffic = traffic;
        this.filter = filter;
    }

    void start() {
        String way = direction == Direction.TO_SERVER ? "proxy-to-server" : "proxy-to-client";
        Thread.ofVirtual().name(way + "-reads").start(() -> quietly(this::read));
        Thread.ofVirtual().name(way + "-writes").start(() -> quietly(this::write));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void quietly(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            // Nobody interrupts these threads; whoever does ends the connection.
            link.broken();
        }
    }

    private void read() throws InterruptedException {
        byte[] buffer = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (!link.isSevered()) {
                    pieces.put(new Piece(Arrays.copyOf(buffer, count), System.nanoTime()));
                }
            }
        } catch (IOException e) {
            link.broken();
        } finally {
            pieces.put(END); // the other thread takes pieces until it sees this, so there will be room
        }
    }

    private void write() throws InterruptedException {
        boolean passes = true;
        for (Piece piece = pieces.take(); !piece.isEnd(); piece = pieces.take()) {
            passes = passes && pass(piece);
        }
        if (!passes || !link.stands()) {
            return;
        }
        try {
            to.shutdownOutput();
            link.finished();
        } catch (IOException e) {
            link.broken();
        }
    }

    private boolean pass(Piece piece) {
        try {
            OutputStream out = to.getOutputStream();
            int from = 0;
            while (from < piece.bytes.length) {
                int passed = traffic.await(direction, piece.bytes.length - from, piece.arrived, link::stands);
                if (passed == 0) {
                    return false;
                }
                filter.pass(piece.bytes, from, passed, out);
                from += passed;
            }
            return true;
        } catch (IOException e) {
            link.broken();
            return false;
        }
    }
}
