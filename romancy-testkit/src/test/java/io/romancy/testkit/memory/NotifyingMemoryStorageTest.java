package io.romancy.testkit.memory;

import io.romancy.testkit.contract.StorageContractSuite;
import io.romancy.testkit.contract.StorageUnderTest;

class NotifyingMemoryStorageTest extends StorageContractSuite {
    @Override
    protected StorageUnderTest open() {
        return new MemoryUnderTest("?notify=true");
    }
}
