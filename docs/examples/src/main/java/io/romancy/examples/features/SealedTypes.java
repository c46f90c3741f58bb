package io.romancy.examples.features;

import static java.time.Duration.ofMinutes;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.romancy.api.Romancy;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.type.TypeRef;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What a workflow gets, records and returns is JSON, so records need nothing said about them. A value behind an interface does: its class
 * is not to be seen in its fields, so the interface says by annotations how each of them is marked.
 */
public final class SealedTypes {
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Goods.class, name = "goods"),
        @JsonSubTypes.Type(value = Voucher.class, name = "voucher")
    })
    sealed interface Item {}

    record Goods(String article, int count) implements Item {}

    record Voucher(BigDecimal worth) implements Item {}

    record Basket(List<Item> items, LocalDate wanted) {}

    static final WorkflowType<Basket, List<String>> PACKING =
            WorkflowType.of("packing", TypeRef.of(Basket.class), TypeRef.listOf(String.class));

    private SealedTypes() {}

    static List<String> pack(WorkflowContext ctx, Basket basket) {
        List<String> packed = new ArrayList<>();
        for (Item item : basket.items()) {
            packed.add(
                    switch (item) {
                        case Goods goods -> ctx.step("take", String.class, () -> goods.count() + " " + goods.article());
                        case Voucher voucher ->
                            ctx.step("print", String.class, () -> "a voucher of " + voucher.worth());
                    });
        }
        packed.add("for " + basket.wanted());
        return packed;
    }

    static List<String> run(String database, Basket basket) {
        try (var romancy = Romancy.builder()
                .database(database)
                .workflow(PACKING, SealedTypes::pack)
                .open()) {
            return romancy.start(PACKING, basket).result(ofMinutes(1));
        }
    }

    static Basket basket() {
        return new Basket(
                List.of(new Goods("vase", 2), new Voucher(new BigDecimal("20.00"))), LocalDate.of(2025, 12, 24));
    }

    public static void main(String... args) {
        System.out.println(run("jdbc:sqlite:sealed.db", basket()));
    }
}
