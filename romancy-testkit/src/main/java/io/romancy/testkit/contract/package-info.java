/**
 * The contract of a storage as tests: what the Javadoc of {@code io.romancy.spi} promises, sentence by sentence. A storage is held to it by
 * one small class that extends {@link io.romancy.testkit.contract.StorageContractSuite}.
 */
@NullMarked
package io.romancy.testkit.contract;

import org.jspecify.annotations.NullMarked;
