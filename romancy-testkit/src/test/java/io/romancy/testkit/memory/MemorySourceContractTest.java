package io.romancy.testkit.memory;

import io.romancy.spi.notification.NotificationSource;
import io.romancy.testkit.contract.NotificationSourceContract;
import io.romancy.testkit.contract.SourceUnderTest;

class MemorySourceContractTest extends NotificationSourceContract {
    @Override
    protected SourceUnderTest openSources() {
        var bells = new Bells();
        return new SourceUnderTest() {
            @Override
            public NotificationSource open() {
                return new MemoryNotificationSource(bells);
            }

            @Override
            public void close() {}
        };
    }
}
