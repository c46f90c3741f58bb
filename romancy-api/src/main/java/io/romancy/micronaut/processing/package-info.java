/**
 * What happens in {@code javac}, where an application has this jar on its annotation processor path: code that would compile and silently
 * not be durable is an error.
 */
@NullMarked
package io.romancy.micronaut.processing;

import org.jspecify.annotations.NullMarked;
