package io.romancy.examples.orders.run;

import static java.util.stream.Collectors.groupingBy;

import io.romancy.api.Romancy;
import io.romancy.api.WorkflowInfo;
import io.romancy.examples.orders.Order;
import io.romancy.examples.orders.world.Concurrently;
import io.romancy.examples.orders.world.Deed;
import io.romancy.examples.orders.world.Ledger;
import io.romancy.examples.orders.world.Service;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Compares three books that know nothing of each other: the file of orders, Romancy's records and the world's ledger.
 *
 * @param ends how many orders came to which end
 * @param cents what the customers of shipped and refunded orders owe
 * @param charged what was taken from them
 * @param problems everything that does not add up; empty if all does
 */
record Audit(Map<End, Integer> ends, int orders, long cents, long charged, List<String> problems) {
    static Audit of(List<Order> orders, Romancy romancy, Ledger ledger) {
        var check = new Check(romancy, ledger.deeds().stream().collect(groupingBy(Deed::order)));
        return check.run(orders);
    }

    private static final class Check {
        private final Romancy romancy;
        private final Map<String, List<Deed>> deeds;
        private final Map<String, Ended> ended = new ConcurrentHashMap<>();
        private final Queue<String> problems = new ConcurrentLinkedQueue<>();
        private long charged;

        Check(Romancy romancy, Map<String, List<Deed>> deeds) {
            this.romancy = romancy;
            this.deeds = deeds;
        }

        Audit run(List<Order> orders) {
            var unknown = records();
            Concurrently.forEach(List.copyOf(unknown.values()), this::readEnd);
            Map<End, Integer> ends = new EnumMap<>(End.class);
            long cents = 0;
            for (var order : orders) {
                var known = unknown.remove(order.id());
                var end = ended.get(order.id());
                if (known == null) {
                    problem(order.id(), "is lost: Romancy does not know it");
                } else if (end != null) {
                    ends.merge(end.end(), 1, Integer::sum);
                    cents += end.end().needs(Service.CHARGE) ? order.cents() : 0;
                    compare(order, end, deeds.getOrDefault(order.id(), List.of()));
                }
                deeds.remove(order.id());
            }
            unknown.keySet().forEach(id -> problem(id, "was never ordered, and Romancy knows it"));
            deeds.keySet().forEach(id -> problem(id, "was never ordered, and the world has worked for it"));
            return new Audit(ends, orders.size(), cents, charged, List.copyOf(problems));
        }

        private Map<String, WorkflowInfo> records() {
            Map<String, WorkflowInfo> records = new TreeMap<>();
            try (var found = romancy.list(Tally.ORDERS)) {
                found.forEach(order -> {
                    if (records.put(order.id(), order) != null) {
                        problem(order.id(), "is listed twice");
                    }
                });
            }
            return records;
        }

        private void readEnd(WorkflowInfo order) {
            try {
                ended.put(order.id(), Ended.of(order, romancy));
            } catch (Ended.Unexpected e) {
                problem(order.id(), e.what());
            }
        }

        private void compare(Order order, Ended ended, List<Deed> deeds) {
            for (var service : Service.values()) {
                var done =
                        deeds.stream().filter(deed -> deed.service() == service).toList();
                if (done.size() > 1) {
                    problem(order.id(), service.done() + " " + done.size() + " times: " + done);
                } else if (done.isEmpty() && ended.end().needs(service)) {
                    problem(order.id(), "is " + ended.end().words() + ", and there is nothing under " + service.done());
                } else if (!done.isEmpty() && !ended.end().allows(service)) {
                    problem(order.id(), "is " + ended.end().words() + ", and yet: " + done);
                }
            }
            for (var deed : deeds) {
                compareAnswer(order, ended, deed);
                charged += deed.service() == Service.CHARGE ? deed.cents() : 0;
            }
        }

        private void compareAnswer(Order order, Ended ended, Deed deed) {
            boolean same = switch (deed.service()) {
                case CHARGE -> deed.answer().equals(ended.charge()) && deed.cents() == order.cents();
                case SHIP -> deed.answer().equals(ended.parcel());
                case RESERVE, RELEASE, INVOICE, REFUND, THANK -> true;
            };
            if (!same) {
                problem(order.id(), "has a receipt that does not fit: " + ended + " and " + deed);
            }
        }

        private void problem(String order, String what) {
            problems.add(order + " " + what);
        }
    }
}
