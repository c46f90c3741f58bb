package io.romancy.spi.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorsTest {

    @Test
    void everyCodeHasANumberOfItsOwn() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("ROM-[1-5]\\d{3}"));
    }

    @Test
    void aMessageBeginsWithItsCode() {
        var cause = new IOException("connection reset");
        var e = new StorageException(ErrorCode.STORAGE_FAILED, "Database is gone. Try later.", cause, true);

        assertThat(e).hasMessage("ROM-5001: Database is gone. Try later.").hasCause(cause);
        assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
        assertThat(e.isTransient()).isTrue();
    }
}
