package io.romancy.api.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeRefTest {

    @Test
    void keepsTypeArguments() {
        assertThat(new TypeRef<Map<String, List<Integer>>>() {})
                .hasToString("java.util.Map<java.lang.String, java.util.List<java.lang.Integer>>");
    }

    @Test
    void isEqualToAnotherOfTheSameTypeHoweverItWasMade() {
        var written = new TypeRef<List<String>>() {};
        var made = TypeRef.listOf(String.class);

        assertThat(made).isEqualTo(written).hasSameHashCodeAs(written).hasToString(written.toString());
        assertThat(written).isEqualTo(made).isNotEqualTo(TypeRef.listOf(Integer.class));
        assertThat(made.type()).isEqualTo(written.type());
        assertThat(written.type()).isEqualTo(made.type());
    }

    @Test
    void takesTheObjectFormOfAPrimitive() {
        assertThat(TypeRef.of(int.class)).isEqualTo(TypeRef.of(Integer.class));
        assertThat(TypeRef.of(void.class)).isEqualTo(TypeRef.of(Void.class));
    }

    @Test
    @SuppressWarnings("rawtypes")
    void refusesAClassThatDoesNotSayOfWhatItIs() {
        assertRefused(() -> TypeRef.of(List.class), "java.util.List", "TypeRef.listOf");
        assertRefused(() -> TypeRef.of(Map[].class), "java.util.Map[]", "type parameters");
        assertRefused(() -> TypeRef.listOf(List.class), "java.util.List", "type parameters");
        assertRefused(() -> new TypeRef<Map<String, List>>() {}, "java.util.List", "type parameters");
    }

    @Test
    void refusesATypeVariableWhichHasNoTypeAtRunTime() {
        assertRefused(TypeRefTest::<String>ofVariable, "E", "type variable");
    }

    @Test
    void refusesASubclassThatDoesNotNameItsType() {
        abstract class Between<T> extends TypeRef<T> {}

        assertRefused(() -> new Between<String>() {}, "Between", "new TypeRef");
    }

    private static <E> void ofVariable() {
        new TypeRef<List<E>>() {};
    }

    private static void assertRefused(Runnable call, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContainingAll(parts);
    }
}
