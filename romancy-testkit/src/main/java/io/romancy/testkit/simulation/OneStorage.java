package io.romancy.testkit.simulation;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import java.util.function.Supplier;

/** Opens what it was given, whatever it is asked for. */
record OneStorage(Supplier<Storage> storage) implements StorageProvider {
    @Override
    public String id() {
        return "simulated";
    }

    @Override
    public boolean supports(StorageSettings settings) {
        return true;
    }

    @Override
    public Storage open(StorageSettings settings, StorageContext context) {
        return storage.get();
    }
}
