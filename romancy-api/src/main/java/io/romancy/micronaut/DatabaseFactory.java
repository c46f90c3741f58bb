package io.romancy.micronaut;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.core.naming.NameResolver;
import io.micronaut.core.reflect.ClassUtils;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import jakarta.inject.Singleton;
import java.util.List;
import javax.sql.DataSource;

/** Finds out whether the engine lives in a database of the application. */
@Factory
final class DatabaseFactory {
    private static final String TRANSACTIONS = "io.micronaut.transaction.TransactionOperations";

    @Singleton
    ApplicationDatabase database(RomancyConfiguration options, ApplicationContext context) {
        String name = options.datasource();
        if (name == null) {
            return new SeparateDatabase();
        }
        if (!context.containsBean(DataSource.class, Qualifiers.byName(name))) {
            throw refuse(
                    name,
                    "there is no such datasource; there are " + datasources(context),
                    "Configure it under datasources." + name + ", or name another one");
        }
        if (!ClassUtils.isPresent(TRANSACTIONS, context.getClassLoader()) || !JoinedDatabase.isManaged(context, name)) {
            throw refuse(
                    name,
                    "nobody manages its transactions, so none could be joined",
                    "Add micronaut-data-jdbc, or micronaut-data-tx-jdbc, to the application");
        }
        return new JoinedDatabase(name, options.database() != null, context);
    }

    private static List<String> datasources(ApplicationContext context) {
        return context.getBeanDefinitions(DataSource.class).stream()
                .map(definition -> definition instanceof NameResolver named
                        ? named.resolveName().orElse("default")
                        : "default")
                .sorted()
                .toList();
    }

    private static RomancyException refuse(String name, String reason, String remedy) {
        return new RomancyException(
                ErrorCode.INVALID_OPTION,
                "Option " + OptionKeys.key("datasource") + " = " + name + " is refused: " + reason + ". " + remedy
                        + ".");
    }
}
