/** How to test workflows: one idea in each file. The guide's page on the testkit shows these tests. */
@NullMarked
package io.romancy.examples.testkit;

import org.jspecify.annotations.NullMarked;
