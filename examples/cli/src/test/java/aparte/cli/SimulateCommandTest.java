package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulateCommandTest {
    @Test
    void prints_the_page_to_open() {
        Json line = Terminal.run("simulate").line();

        assertThat(line.textOf("page")).isEqualTo(line.textOf("base_url") + "/phone");
    }

    @Test
    void prints_how_to_reach_each_platform_and_ends_with_stdin() {
        Json line = Terminal.run("simulate", "--whatsapp-webhook", "http://127.0.0.1:9/hook")
                .line();

        assertThat(line.textOf("base_url")).startsWith("http://127.0.0.1:");
        Json whatsApp = line.child("whatsapp").orElseThrow();
        assertThat(whatsApp.textOf("token")).isNotBlank();
        assertThat(whatsApp.child("webhook").orElseThrow().textOf("url")).isEqualTo("http://127.0.0.1:9/hook");
        assertThat(line.child("viber").orElseThrow().textOf("base_url")).endsWith("/pa");
        assertThat(line.child("viber_business").orElseThrow().textOf("api_secret"))
                .isNotBlank();
        assertThat(line.child("messenger").orElseThrow().textOf("sender")).isNotBlank();
        assertThat(line.child("instagram").orElseThrow().textOf("sender")).isNotBlank();
    }
}
