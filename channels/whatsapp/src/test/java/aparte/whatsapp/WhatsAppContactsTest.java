package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Content;
import aparte.InboundEvent;
import aparte.channel.http.HmacSha256;
import aparte.consent.SignatureException;
import aparte.whatsapp.WhatsAppContacts.Card;
import aparte.whatsapp.WhatsAppContacts.Name;
import aparte.whatsapp.WhatsAppContacts.Phone;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Contact cards that a person sends. */
class WhatsAppContactsTest {
    private final WhatsAppWebhooks reader =
            WhatsAppWebhooks.builder("secret", "verify").build();

    private Content received(String contacts) throws SignatureException {
        String body = ("{'object':'whatsapp_business_account','entry':[{'changes':[{'field':'messages','value':"
                        + "{'metadata':{'phone_number_id':'200000000000001'},'messages':[{'from':'33639980001',"
                        + "'id':'wamid.IN1','timestamp':'1763800000','type':'contacts','contacts':" + contacts
                        + "}]}}]}]}")
                .replace('\'', '"');
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<InboundEvent> events = reader.read(
                        Signed.post(bytes, "sha256=" + HmacSha256.of("secret").hex(bytes)))
                .events();
        assertThat(events).hasOnlyElementsOfType(InboundEvent.MessageReceived.class);
        return ((InboundEvent.MessageReceived) events.get(0)).content();
    }

    private static String written(WhatsAppContacts contacts) {
        return Sample.ofWhatsApp().stream()
                .filter(sample -> sample.content().equals(contacts))
                .findFirst()
                .orElseThrow()
                .json()
                .replaceFirst("^'type':'contacts','contacts':", "");
    }

    @Test
    void reads_several_with_all_that_they_hold() throws SignatureException {
        assertThat(received(written(Sample.contacts()))).isEqualTo(Sample.contacts());
    }

    @Test
    void keeps_origin_and_vcard() throws SignatureException {
        Content content = received("[{'name':{'formatted_name':'Ana'},'phones':[{'phone':'+33639980001'}],"
                + "'origin':'contact_request','vcard':'BEGIN:VCARD'}]");

        assertThat(content).isInstanceOfSatisfying(WhatsAppContacts.class, contacts -> {
            Card card = contacts.cards().get(0);
            assertThat(card.origin()).contains("contact_request");
            assertThat(card.vcard()).contains("BEGIN:VCARD");
            assertThat(card.name()).contains(new Name("Ana"));
        });
    }

    @Test
    void reads_one_without_a_name() throws SignatureException {
        assertThat(received("[{'phones':[{'wa_id':'33639980001'}],'birthday':'28/02/1990','org':null,'urls':[{}]}]"))
                .isEqualTo(new WhatsAppContacts(List.of(Card.received()
                        .phone(new Phone("33639980001", Optional.empty(), Optional.of("33639980001")))
                        .build())));
    }

    @Test
    void makes_a_name_of_its_parts() throws SignatureException {
        assertThat(received("[{'name':{'first_name':'Ana','last_name':'Levy'}}]"))
                .isEqualTo(new Content.ContactCard("Ana Levy", List.of(), List.of(), Optional.empty()));
    }

    @Test
    void mends_half_characters() throws SignatureException {
        assertThat(received("[{'name':{'formatted_name':'Ana \\ud83d'}}]"))
                .isEqualTo(new Content.ContactCard("Ana \ufffd", List.of(), List.of(), Optional.empty()));
    }
}
