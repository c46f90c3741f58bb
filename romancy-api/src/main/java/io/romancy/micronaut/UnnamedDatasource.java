package io.romancy.micronaut;

import io.micronaut.context.BeanContext;
import io.micronaut.context.exceptions.NonUniqueBeanException;
import io.micronaut.core.naming.NameResolver;
import io.micronaut.core.reflect.ClassUtils;
import io.micronaut.inject.BeanDefinition;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The datasource of a {@code @Transactional} that names none: the application's only one, or its primary one. */
@Singleton
final class UnnamedDatasource {
    private static final String TRANSACTIONS = "io.micronaut.transaction.TransactionOperations";

    private final BeanContext beans;

    UnnamedDatasource(BeanContext beans) {
        this.beans = beans;
    }

    /** Its name; empty if nobody manages transactions, or nobody says of which datasource, so that Micronaut refuses the call. */
    Optional<String> name() {
        return ClassUtils.forName(TRANSACTIONS, beans.getClassLoader())
                .flatMap(this::single)
                .flatMap(definition ->
                        definition instanceof NameResolver named ? named.resolveName() : Optional.empty());
    }

    private Optional<? extends BeanDefinition<?>> single(Class<?> operations) {
        try {
            return beans.findBeanDefinition(operations);
        } catch (NonUniqueBeanException e) {
            return Optional.empty(); // so will the call itself say
        }
    }
}
