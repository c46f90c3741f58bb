/**
 * Sends events of the outbox as CloudEvents over HTTP, configured under {@code romancy.outbox.http}. Needs Micronaut's HTTP client and the
 * CloudEvents SDK; an application that names no URL needs neither.
 */
@NullMarked
package io.romancy.micronaut.http;

import org.jspecify.annotations.NullMarked;
