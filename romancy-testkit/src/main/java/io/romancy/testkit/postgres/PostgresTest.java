package io.romancy.testkit.postgres;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class an empty database on a real PostgreSQL, as a parameter of type {@link PostgresDatabase}, on the server that
 * {@link PostgresServer#shared} finds. For tests without an engine; one with engines says {@code @RomancyTest(storage = "postgres")}.
 *
 * <p>A test, its {@code @BeforeEach} and its {@code @AfterEach} share one database, which is dropped after them; a constructor or a
 * {@code @BeforeAll} method gets one for the whole class.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(PostgresExtension.class)
public @interface PostgresTest {}
