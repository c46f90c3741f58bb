package io.romancy.testkit.micronaut;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.romancy.testkit.RomancyTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One annotation for all tests of an application, as projects make it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@MicronautTest(transactional = false)
@RomancyTest
@interface ApplicationTest {}
