/** The walls between the modules, as tests: a rule that is only written down is a wish. */
@NullMarked
package io.romancy.architecture;

import org.jspecify.annotations.NullMarked;
