package io.romancy.spi;

/** Whether notifications are used. */
public enum ListenNotify {
    /** If the storage can. */
    AUTO,
    /** Yes; a storage that cannot is refused at start. */
    TRUE,
    /** No: polling only. */
    FALSE
}
