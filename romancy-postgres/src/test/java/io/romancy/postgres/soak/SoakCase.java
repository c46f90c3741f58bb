package io.romancy.postgres.soak;

import io.romancy.api.RomancyBuilder;

/** One kind of work of the soak: what runs, how its caller goes through with it, and what the books must say afterwards. */
interface SoakCase {
    /** What ids of this kind begin with. */
    String name();

    /** Registers its workflows with a worker. */
    RomancyBuilder on(RomancyBuilder options, SoakLedger ledger);

    /** Begins one, does what its caller has to do, and waits for its end. */
    void play(Caller caller, String id) throws Exception;

    /** Looks for it in the books, and reports what does not add up. */
    void audit(Books books, String id) throws Exception;
}
