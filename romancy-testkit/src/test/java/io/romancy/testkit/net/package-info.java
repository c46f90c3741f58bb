@NullMarked
package io.romancy.testkit.net;

import org.jspecify.annotations.NullMarked;
