package io.romancy.sqlite;

/** The tables, on one connection, for the length of one transaction. */
final class Tables {
    final RunTable runs;
    final RunLists lists;
    final Orphans orphans;
    final StepTable steps;
    final MessageTable messages;
    final MailboxTable mailboxes;
    final TopicTable topics;
    final NodeTable nodes;
    final LaneTable lanes;
    final EventTable events;
    final MetaTable meta;
    final Session session;

    Tables(Session session) {
        this.session = session;
        this.runs = new RunTable(session);
        this.lists = new RunLists(session);
        this.orphans = new Orphans(session);
        this.steps = new StepTable(session);
        this.messages = new MessageTable(session);
        this.mailboxes = new MailboxTable(session);
        this.topics = new TopicTable(session);
        this.nodes = new NodeTable(session);
        this.lanes = new LaneTable(session);
        this.events = new EventTable(session);
        this.meta = new MetaTable(session);
    }
}
