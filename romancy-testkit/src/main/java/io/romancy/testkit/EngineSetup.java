package io.romancy.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method of a {@link RomancyTest} that takes a {@code RomancyBuilder}: it registers workflows, and sets whatever else a test wants
 * otherwise. Called once for each engine, after the testkit has set its own options.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface EngineSetup {}
