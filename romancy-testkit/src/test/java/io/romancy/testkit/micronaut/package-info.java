@NullMarked
package io.romancy.testkit.micronaut;

import org.jspecify.annotations.NullMarked;
