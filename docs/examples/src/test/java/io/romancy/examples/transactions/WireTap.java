package io.romancy.examples.transactions;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** Puts the wire of a test around the default datasource. */
@Singleton
@Requires(bean = Wire.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class WireTap implements BeanCreatedEventListener<DataSource> {
    private final Wire wire;

    WireTap(Wire wire) {
        this.wire = wire;
    }

    @Override
    public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
        return event.getBeanIdentifier().getName().equals("other") ? event.getBean() : wire.tap(event.getBean());
    }
}
