package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ImageTypeTest {
    @Test
    void tells_images_by_their_first_bytes() {
        assertThat(ImageType.of(ByteBuffer.wrap(new byte[] {'G', 'I', 'F', '8', '9', 'a'})))
                .contains(ImageType.GIF);
        assertThat(ImageType.of(ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff})))
                .contains(ImageType.JPEG);
        assertThat(ImageType.of(ByteBuffer.wrap(new byte[] {'B', 'M'}))).isEmpty();
    }
}
