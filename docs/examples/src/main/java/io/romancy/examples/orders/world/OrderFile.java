package io.romancy.examples.orders.world;

import io.romancy.examples.orders.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The orders that come in, as a file with a line for each. The same seed gives the same orders. */
public final class OrderFile {
    private static final String HEADER = "id,customer,item,quantity,cents,address";

    private OrderFile() {}

    /** Reads the file, which is written first if it is not there. */
    public static List<Order> readOrWrite(Path file, int count, long seed) throws IOException {
        var orders = make(count, seed);
        if (!Files.exists(file)) {
            write(file, orders);
        }
        var lines = Files.readAllLines(file);
        var read = lines.subList(1, lines.size()).stream().map(OrderFile::parse).toList();
        if (!read.equals(orders)) {
            throw new IllegalArgumentException(file + " holds " + read.size()
                    + " orders, and not the " + count + " of seed " + seed
                    + ". Go on with the options it was begun with, begin anew with --fresh, or take another --dir.");
        }
        return read;
    }

    private static List<Order> make(int count, long seed) {
        var random = new Random(seed);
        List<Order> orders = new ArrayList<>(count);
        for (int number = 1; number <= count; number++) {
            var item = random.nextInt(100) < 4
                    ? Catalogue.SOLD_OUT
                    : Catalogue.ITEMS.get(random.nextInt(Catalogue.ITEMS.size()));
            var town = random.nextInt(100) < 3
                    ? Catalogue.NOWHERE
                    : Catalogue.TOWNS.get(random.nextInt(Catalogue.TOWNS.size()));
            int quantity = random.nextInt(1, 6);
            orders.add(new Order(
                    "order-%06d".formatted(number),
                    manner(random.nextInt(100)).customer(number),
                    item.name(),
                    quantity,
                    quantity * item.cents(),
                    town));
        }
        return List.copyOf(orders);
    }

    private static Manner manner(int percent) {
        if (percent < 65) {
            return Manner.PROMPT;
        }
        if (percent < 87) {
            return Manner.SLOW;
        }
        return percent < 94 ? Manner.SILENT : Manner.FICKLE;
    }

    /** Half a file is never seen: it gets its name when it is complete. */
    private static void write(Path file, List<Order> orders) throws IOException {
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        orders.forEach(order -> lines.add(String.join(
                ",",
                order.id(),
                order.customer(),
                order.item(),
                String.valueOf(order.quantity()),
                String.valueOf(order.cents()),
                order.address())));
        Files.write(unfinished, lines);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Order parse(String line) {
        var field = line.split(",", -1);
        return new Order(field[0], field[1], field[2], Integer.parseInt(field[3]), Long.parseLong(field[4]), field[5]);
    }
}
