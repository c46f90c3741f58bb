/**
 * The engine's side of notifications: hints that are collected, sent and received, and the handlers that turn them into polls. Nothing
 * here is needed for a workflow to end; it only makes waiting short.
 */
@NullMarked
package io.romancy.engine.notification;

import org.jspecify.annotations.NullMarked;
