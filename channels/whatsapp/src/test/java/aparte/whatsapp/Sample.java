package aparte.whatsapp;

import aparte.ChannelId;
import aparte.Content;
import aparte.Content.Carousel.Card;
import aparte.Content.Choices.Option;
import aparte.Media;
import aparte.SenderId;
import aparte.whatsapp.WhatsAppContacts.Email;
import aparte.whatsapp.WhatsAppContacts.Name;
import aparte.whatsapp.WhatsAppContacts.Organisation;
import aparte.whatsapp.WhatsAppContacts.Page;
import aparte.whatsapp.WhatsAppContacts.Phone;
import aparte.whatsapp.WhatsAppContacts.PostalAddress;
import aparte.whatsapp.WhatsAppContent.AddressRequest;
import aparte.whatsapp.WhatsAppContent.AddressRequest.Field;
import aparte.whatsapp.WhatsAppContent.ButtonMessage;
import aparte.whatsapp.WhatsAppContent.ButtonMessage.Button;
import aparte.whatsapp.WhatsAppContent.Flow;
import aparte.whatsapp.WhatsAppContent.FlowMessage;
import aparte.whatsapp.WhatsAppContent.Header;
import aparte.whatsapp.WhatsAppContent.LinkMessage;
import aparte.whatsapp.WhatsAppContent.ListMessage;
import aparte.whatsapp.WhatsAppContent.OrderUpdate;
import aparte.whatsapp.WhatsAppContent.ProductListMessage;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A content and what it is in a request.
 *
 * @param json the fields of the request that it makes; single quotes stand for double ones
 */
record Sample(String name, Content content, String json) {
    static final String NUMBER = "200000000000001";
    static final String INBOUND = "wamid.IN1";
    static final Media PICTURE = Media.link(URI.create("https://cdn.example.org/a.png"));
    static final Media FILM = Media.link(URI.create("HTTPS://cdn.example.org/a.MP4?v=1"));
    static final Media STORED = new Media.Stored(new SenderId(ChannelId.WHATSAPP, NUMBER), "2304098573");
    static final URI SHOP = URI.create("https://shop.example.org/\u00e9t\u00e9");

    @Override
    public String toString() {
        return name;
    }

    static List<Option> options(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Option("id-" + i, "Title " + i))
                .toList();
    }

    static List<Button> buttons(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Button("id-" + i, "Title " + i))
                .toList();
    }

    static Card card(Media header, String text) {
        return new Card(header, text, Optional.of(new Content.LinkButton(text, "Voir", SHOP)));
    }

    private static String interactive(String type, String fields) {
        return "'type':'interactive','interactive':{'type':'" + type + "'," + fields + "}";
    }

    /** Those of the core, which need no setting. */
    static List<Sample> ofTheCore() {
        return List.of(
                new Sample(
                        "a text with a preview",
                        new Content.Text("https://example.org \ud83d\udce6", true),
                        "'type':'text','text':{'preview_url':true,'body':'https://example.org \ud83d\udce6'}"),
                new Sample(
                        "an image",
                        Content.image(PICTURE, "L\u00e9gende"),
                        "'type':'image','image':{'link':'https://cdn.example.org/a.png','caption':'L\u00e9gende'}"),
                new Sample(
                        "a video",
                        new Content.Video(FILM, Optional.of("Film")),
                        "'type':'video','video':{'link':'https://cdn.example.org/a.MP4?v=1','caption':'Film'}"),
                new Sample("an audio", new Content.Audio(STORED, false), "'type':'audio','audio':{'id':'2304098573'}"),
                new Sample(
                        "a voice message",
                        new Content.Audio(STORED, true),
                        "'type':'audio','audio':{'id':'2304098573','voice':true}"),
                new Sample(
                        "a document",
                        new Content.Document(STORED, Optional.of("facture.pdf"), Optional.of("La v\u00f4tre")),
                        "'type':'document','document':{'id':'2304098573','filename':'facture.pdf','caption':'La v\u00f4tre'}"),
                new Sample("a sticker", new Content.Sticker(STORED), "'type':'sticker','sticker':{'id':'2304098573'}"),
                new Sample(
                        "a location",
                        new Content.Location(0.00001, -180, Optional.of("Ici"), Optional.of("1 rue de Paris")),
                        "'type':'location','location':{'latitude':'0.000010','longitude':'-180.0','name':'Ici',"
                                + "'address':'1 rue de Paris'}"),
                new Sample(
                        "a location request",
                        new Content.LocationRequest("O\u00f9 ?"),
                        interactive(
                                "location_request_message",
                                "'body':{'text':'O\u00f9 ?'},'action':{'name':'send_location'}")),
                new Sample(
                        "a contact card",
                        new Content.ContactCard(
                                "B\u00e9a Martin",
                                List.of("+33 6 39 98 00 02"),
                                List.of("bea@example.org"),
                                Optional.of("Martin SA")),
                        "'type':'contacts','contacts':[{'name':{'formatted_name':'B\u00e9a Martin',"
                                + "'first_name':'B\u00e9a Martin'},'org':{'company':'Martin SA'},"
                                + "'phones':[{'phone':'+33 6 39 98 00 02'}],'emails':[{'email':'bea@example.org'}]}]"),
                new Sample(
                        "three choices",
                        new Content.Choices("Quand ?", options(3), Optional.of(PICTURE), Optional.of("Merci")),
                        interactive(
                                "button",
                                "'header':{'type':'image','image':{'link':'https://cdn.example.org/a.png'}},"
                                        + "'body':{'text':'Quand ?'},'footer':{'text':'Merci'},'action':{'buttons':["
                                        + "{'type':'reply','reply':{'id':'id-1','title':'Title 1'}},"
                                        + "{'type':'reply','reply':{'id':'id-2','title':'Title 2'}},"
                                        + "{'type':'reply','reply':{'id':'id-3','title':'Title 3'}}]}")),
                new Sample(
                        "four choices",
                        new Content.Choices("Quand ?", options(4), Optional.empty(), Optional.of("Merci")),
                        interactive(
                                "list",
                                "'body':{'text':'Quand ?'},'footer':{'text':'Merci'},'action':{'button':'Options',"
                                        + "'sections':[{'rows':[{'id':'id-1','title':'Title 1'},"
                                        + "{'id':'id-2','title':'Title 2'},{'id':'id-3','title':'Title 3'},"
                                        + "{'id':'id-4','title':'Title 4'}]}]}")),
                new Sample(
                        "one choice with a description",
                        new Content.Choices(
                                "Quand ?", List.of(new Option("id-1", "Matin", Optional.of("De 8 h \u00e0 12 h")))),
                        interactive(
                                "list",
                                "'body':{'text':'Quand ?'},'action':{'button':'Options','sections':[{'rows':["
                                        + "{'id':'id-1','title':'Matin','description':'De 8 h \u00e0 12 h'}]}]}")),
                new Sample(
                        "a link button",
                        new Content.LinkButton("Payer", "Ouvrir", SHOP),
                        interactive(
                                "cta_url",
                                "'body':{'text':'Payer'},'action':{'name':'cta_url','parameters':{"
                                        + "'display_text':'Ouvrir','url':'https://shop.example.org/%C3%A9t%C3%A9'}}")),
                new Sample(
                        "a carousel",
                        new Content.Carousel("Nouveau", List.of(card(PICTURE, "Un"), card(STORED, "Deux\n\nlignes"))),
                        interactive(
                                "carousel",
                                "'body':{'text':'Nouveau'},'action':{'cards':[{'card_index':0,'type':'cta_url',"
                                        + "'header':{'type':'image','image':{'link':'https://cdn.example.org/a.png'}},"
                                        + "'body':{'text':'Un'},'action':{'name':'cta_url','parameters':{"
                                        + "'display_text':'Voir','url':'https://shop.example.org/%C3%A9t%C3%A9'}}},"
                                        + "{'card_index':1,'type':'cta_url',"
                                        + "'header':{'type':'image','image':{'id':'2304098573'}},"
                                        + "'body':{'text':'Deux\\n\\nlignes'},'action':{'name':'cta_url','parameters':{"
                                        + "'display_text':'Voir','url':'https://shop.example.org/%C3%A9t%C3%A9'}}}]}")),
                new Sample(
                        "native content",
                        new Content.Native(
                                ChannelId.WHATSAPP,
                                "interactive",
                                "{\"type\":\"cta_url\",\"body\":{\"text\":\"Ici\"},\"action\":{\"name\":\"cta_url\","
                                        + "\"parameters\":{\"display_text\":\"Voir\",\"url\":\"https://a.example\"}}}"),
                        interactive(
                                "cta_url",
                                "'body':{'text':'Ici'},'action':{'name':'cta_url','parameters':{'display_text':'Voir',"
                                        + "'url':'https://a.example'}}")),
                new Sample(
                        "native contacts",
                        new Content.Native(
                                ChannelId.WHATSAPP,
                                "contacts",
                                "[{\"name\":{\"formatted_name\":\"Ana\"},\"phones\":[]}]"),
                        "'type':'contacts','contacts':[{'name':{'formatted_name':'Ana'},'phones':[]}]"),
                new Sample(
                        "a reaction",
                        new Content.Reaction(INBOUND, Optional.of("\ud83d\udc4d\ud83c\udffe")),
                        "'type':'reaction','reaction':{'message_id':'wamid.IN1','emoji':'\ud83d\udc4d\ud83c\udffe'}"),
                new Sample(
                        "a reaction taken back",
                        new Content.Reaction(INBOUND, Optional.empty()),
                        "'type':'reaction','reaction':{'message_id':'wamid.IN1','emoji':''}"));
    }

    /** Those of WhatsApp alone. */
    static List<Sample> ofWhatsApp() {
        return List.of(
                new Sample(
                        "buttons below a film",
                        new ButtonMessage("?", buttons(1), Optional.of(new Header.Film(FILM)), Optional.empty()),
                        interactive(
                                "button",
                                "'header':{'type':'video','video':{'link':'https://cdn.example.org/a.MP4?v=1'}},"
                                        + "'body':{'text':'?'},'action':{'buttons':["
                                        + "{'type':'reply','reply':{'id':'id-1','title':'Title 1'}}]}")),
                new Sample(
                        "a list with sections",
                        new ListMessage(
                                "?",
                                "Ouvrir",
                                List.of(
                                        new ListMessage.Section(Optional.of("Un"), options(1)),
                                        new ListMessage.Section(
                                                Optional.of("Deux"),
                                                List.of(new Option("a", "Title 1", Optional.of("Autre"))))),
                                Optional.of("En-t\u00eate"),
                                Optional.of("Pied")),
                        interactive(
                                "list",
                                "'header':{'type':'text','text':'En-t\u00eate'},'body':{'text':'?'},"
                                        + "'footer':{'text':'Pied'},'action':{'button':'Ouvrir','sections':["
                                        + "{'title':'Un','rows':[{'id':'id-1','title':'Title 1'}]},"
                                        + "{'title':'Deux','rows':[{'id':'a','title':'Title 1','description':'Autre'}]}]}")),
                new Sample(
                        "a link below a document",
                        new LinkMessage(
                                "Voici",
                                "Voir",
                                SHOP,
                                Optional.of(new Header.File(STORED, Optional.of("a.pdf"))),
                                Optional.of("Pied")),
                        interactive(
                                "cta_url",
                                "'header':{'type':'document','document':{'id':'2304098573','filename':'a.pdf'}},"
                                        + "'body':{'text':'Voici'},'footer':{'text':'Pied'},'action':{'name':'cta_url',"
                                        + "'parameters':{'display_text':'Voir',"
                                        + "'url':'https://shop.example.org/%C3%A9t%C3%A9'}}")),
                new Sample(
                        "a flow at a screen",
                        new FlowMessage(
                                "Remplir",
                                "Commencer",
                                Flow.ofId("77")
                                        .token("t-1")
                                        .asDraft()
                                        .openingAt(
                                                new Flow.Screen("FIRST", Optional.of("{\"n\":[1,2.50,true,\"x\"]}"))),
                                Optional.of(new Header.Title("Titre")),
                                Optional.of("Pied")),
                        interactive(
                                "flow",
                                "'header':{'type':'text','text':'Titre'},'body':{'text':'Remplir'},"
                                        + "'footer':{'text':'Pied'},'action':{'name':'flow','parameters':{"
                                        + "'flow_message_version':'3','flow_id':'77','flow_cta':'Commencer',"
                                        + "'mode':'draft','flow_token':'t-1','flow_action':'navigate',"
                                        + "'flow_action_payload':{'screen':'FIRST','data':{'n':[1,2.50,true,'x']}}}}")),
                new Sample(
                        "a flow with an endpoint",
                        new FlowMessage(
                                "Remplir",
                                "Go",
                                Flow.ofName("rdv").exchangingData(),
                                Optional.empty(),
                                Optional.empty()),
                        interactive(
                                "flow",
                                "'body':{'text':'Remplir'},'action':{'name':'flow','parameters':{"
                                        + "'flow_message_version':'3','flow_name':'rdv','flow_cta':'Go',"
                                        + "'mode':'published','flow_action':'data_exchange'}}")),
                new Sample(
                        "a product",
                        new WhatsAppContent.ProductMessage("C1", "P1", Optional.of("Voici"), Optional.of("Pied")),
                        interactive(
                                "product",
                                "'body':{'text':'Voici'},'footer':{'text':'Pied'},"
                                        + "'action':{'catalog_id':'C1','product_retailer_id':'P1'}")),
                new Sample(
                        "a product list",
                        new ProductListMessage(
                                "Titre",
                                "Voici",
                                "C1",
                                List.of(new ProductListMessage.ProductSection(
                                        Optional.of("Rayon"), List.of("P1", "P2"))),
                                Optional.empty()),
                        interactive(
                                "product_list",
                                "'header':{'type':'text','text':'Titre'},'body':{'text':'Voici'},'action':{"
                                        + "'catalog_id':'C1','sections':[{'title':'Rayon','product_items':["
                                        + "{'product_retailer_id':'P1'},{'product_retailer_id':'P2'}]}]}")),
                new Sample(
                        "the catalogue",
                        new WhatsAppContent.CatalogueMessage("Tout", Optional.of("P1"), Optional.of("Pied")),
                        interactive(
                                "catalog_message",
                                "'body':{'text':'Tout'},'footer':{'text':'Pied'},'action':{'name':'catalog_message',"
                                        + "'parameters':{'thumbnail_product_retailer_id':'P1'}}")),
                new Sample(
                        "a product carousel",
                        new WhatsAppContent.ProductCarousel("Voici", "C1", List.of("P1", "P2")),
                        interactive(
                                "carousel",
                                "'body':{'text':'Voici'},'action':{'cards':["
                                        + "{'card_index':0,'type':'product','action':{'product_retailer_id':'P1',"
                                        + "'catalog_id':'C1'}},{'card_index':1,'type':'product','action':{"
                                        + "'product_retailer_id':'P2','catalog_id':'C1'}}]}")),
                new Sample(
                        "a contact info request",
                        new WhatsAppContent.ContactInfoRequest("Votre num\u00e9ro ?"),
                        interactive(
                                "request_contact_info",
                                "'body':{'text':'Votre num\u00e9ro ?'},'action':{'name':'request_contact_info'}")),
                new Sample(
                        "a call permission request",
                        new WhatsAppContent.CallPermissionRequest(Optional.of("Peut-on appeler ?")),
                        interactive(
                                "call_permission_request",
                                "'body':{'text':'Peut-on appeler ?'},'action':{'name':'call_permission_request'}")),
                new Sample(
                        "contacts in full",
                        contacts(),
                        "'type':'contacts','contacts':[{'name':{'formatted_name':'Dr B\u00e9a Anne Martin Jr',"
                                + "'first_name':'B\u00e9a','middle_name':'Anne','last_name':'Martin','prefix':'Dr',"
                                + "'suffix':'Jr'},'birthday':'1990-02-28','org':{'company':'Martin SA',"
                                + "'department':'Vente','title':'Chef'},'phones':[{'phone':'+33639980002','type':'WORK',"
                                + "'wa_id':'33639980002'}],'emails':[{'email':'bea@example.org','type':'WORK'}],"
                                + "'addresses':[{'street':'1 rue de Paris','city':'Lyon','state':'ARA','zip':'69001',"
                                + "'country':'France','country_code':'FR','type':'HOME'}],"
                                + "'urls':[{'url':'https://example.org/bea'}]},{'name':{'formatted_name':'Ana Levy',"
                                + "'first_name':'Ana','last_name':'Levy'}}]"));
    }

    static WhatsAppContacts contacts() {
        return new WhatsAppContacts(List.of(
                WhatsAppContacts.Card.builder(new Name(
                                "Dr B\u00e9a Anne Martin Jr",
                                Optional.of("B\u00e9a"),
                                Optional.of("Anne"),
                                Optional.of("Martin"),
                                Optional.of("Dr"),
                                Optional.of("Jr")))
                        .birthday(LocalDate.of(1990, 2, 28))
                        .organisation(
                                new Organisation(Optional.of("Martin SA"), Optional.of("Vente"), Optional.of("Chef")))
                        .phone(new Phone("+33639980002", Optional.of("WORK"), Optional.of("33639980002")))
                        .email(new Email("bea@example.org", Optional.of("WORK")))
                        .address(new PostalAddress(
                                Optional.of("1 rue de Paris"),
                                Optional.of("Lyon"),
                                Optional.of("ARA"),
                                Optional.of("69001"),
                                Optional.of("France"),
                                Optional.of("FR"),
                                Optional.of("HOME")))
                        .page(new Page(URI.create("https://example.org/bea")))
                        .build(),
                WhatsAppContacts.Card.builder(new Name("Ana", "Levy")).build()));
    }

    static List<Sample> ofAnyCountry() {
        List<Sample> all = new ArrayList<>(ofTheCore());
        all.addAll(ofWhatsApp());
        return all;
    }

    static WhatsAppInvoice.Builder order() {
        return WhatsAppInvoice.builder("order_1.a-b", "BRL", "Votre commande")
                .physical()
                .item(new WhatsAppInvoice.Item("P1", "Bolo", 1_000, 2, Optional.of(900L)))
                .item(new WhatsAppInvoice.Item("P2", "Pavlova", 250, 1))
                .tax(50)
                .shipping(300)
                .discount(100)
                .payment(new WhatsAppInvoice.Payment.Pix(
                        "000201", "Loja", "loja@example.org", WhatsAppInvoice.Payment.Pix.KeyType.EMAIL))
                .payment(new WhatsAppInvoice.Payment.Link(SHOP))
                .payment(new WhatsAppInvoice.Payment.Boleto("0339"))
                .expiry(new WhatsAppInvoice.Expiry(Instant.parse("2026-11-23T10:00:00Z"), "Uma hora"))
                .header(new Header.Picture(PICTURE))
                .footer("Obrigado");
    }

    static List<Sample> ofBrazil() {
        String open = "'action':{'name':'review_and_pay','parameters':{";
        return List.of(
                new Sample(
                        "an order",
                        order().build(),
                        interactive(
                                "order_details",
                                "'header':{'type':'image','image':{'link':'https://cdn.example.org/a.png'}},"
                                        + "'body':{'text':'Votre commande'},'footer':{'text':'Obrigado'}," + open
                                        + "'reference_id':'order_1.a-b','type':'physical-goods','payment_type':'br',"
                                        + "'payment_settings':[{'type':'pix_dynamic_code','pix_dynamic_code':{"
                                        + "'code':'000201','merchant_name':'Loja','key':'loja@example.org',"
                                        + "'key_type':'EMAIL'}},{'type':'payment_link','payment_link':{"
                                        + "'uri':'https://shop.example.org/%C3%A9t%C3%A9'}},"
                                        + "{'type':'boleto','boleto':{'digitable_line':'0339'}}],'currency':'BRL',"
                                        + "'total_amount':{'value':2300,'offset':100},'order':{'status':'pending',"
                                        + "'expiration':{'timestamp':'1795428000','description':'Uma hora'},'items':["
                                        + "{'retailer_id':'P1','name':'Bolo','amount':{'value':1000,'offset':100},"
                                        + "'quantity':2,'sale_amount':{'value':900,'offset':100}},"
                                        + "{'retailer_id':'P2','name':'Pavlova','amount':{'value':250,'offset':100},"
                                        + "'quantity':1}],'subtotal':{'value':2050,'offset':100},"
                                        + "'tax':{'value':50,'offset':100},'shipping':{'value':300,'offset':100},"
                                        + "'discount':{'value':100,'offset':100}}}}")),
                new Sample(
                        "a payment by link",
                        new Content.PaymentRequest("inv-7", "Consulta", 1_250, "BRL", Optional.of(SHOP)),
                        interactive(
                                "order_details",
                                "'body':{'text':'Consulta'}," + open
                                        + "'reference_id':'inv-7','type':'digital-goods','payment_type':'br',"
                                        + "'payment_settings':[{'type':'payment_link','payment_link':{"
                                        + "'uri':'https://shop.example.org/%C3%A9t%C3%A9'}}],'currency':'BRL',"
                                        + "'total_amount':{'value':1250,'offset':100},'order':{'status':'pending',"
                                        + "'items':[{'retailer_id':'inv-7','name':'Consulta','amount':{'value':1250,"
                                        + "'offset':100},'quantity':1}],'subtotal':{'value':1250,'offset':100},"
                                        + "'tax':{'value':0,'offset':100}}}}")),
                new Sample(
                        "an order that goes on",
                        new OrderUpdate(
                                "inv-7",
                                "Em caminho",
                                OrderUpdate.State.PARTIALLY_SHIPPED,
                                Optional.of("Uma parte"),
                                Optional.of(new OrderUpdate.PaymentState(
                                        OrderUpdate.PaymentState.Progress.CAPTURED,
                                        Instant.ofEpochSecond(1_795_000_000))),
                                Optional.of("Obrigado")),
                        interactive(
                                "order_status",
                                "'body':{'text':'Em caminho'},'footer':{'text':'Obrigado'},'action':{"
                                        + "'name':'review_order','parameters':{'reference_id':'inv-7','order':{"
                                        + "'status':'partially-shipped','description':'Uma parte'},'payment':{"
                                        + "'status':'captured','timestamp':1795000000}}}")));
    }

    static List<Sample> ofIndia() {
        return List.of(
                new Sample(
                        "a payment by a gateway",
                        new Content.PaymentRequest("inv-7", "Visit", 500, "INR", Optional.empty()),
                        interactive(
                                "order_details",
                                "'body':{'text':'Visit'},'action':{'name':'review_and_pay','parameters':{"
                                        + "'reference_id':'inv-7','type':'digital-goods','payment_settings':[{"
                                        + "'type':'payment_gateway','payment_gateway':{'type':'razorpay',"
                                        + "'configuration_name':'shop'}}],'currency':'INR',"
                                        + "'total_amount':{'value':500,'offset':100},'order':{'status':'pending',"
                                        + "'items':[{'retailer_id':'inv-7','name':'Visit','amount':{'value':500,"
                                        + "'offset':100},'quantity':1}],'subtotal':{'value':500,'offset':100},"
                                        + "'tax':{'value':0,'offset':100}}}}")),
                new Sample(
                        "an address request",
                        new AddressRequest(
                                "Where to?",
                                Map.of(Field.NAME, "Asha", Field.IN_PIN_CODE, "411001"),
                                Map.of("home", Map.of(Field.CITY, "Pune")),
                                Map.of(Field.STATE, "Unknown state"),
                                Optional.of("Thanks")),
                        interactive(
                                "address_message",
                                "'body':{'text':'Where to?'},'footer':{'text':'Thanks'},'action':{"
                                        + "'name':'address_message','parameters':{'country':'IN',"
                                        + "'values':{'name':'Asha','in_pin_code':'411001'},"
                                        + "'saved_addresses':[{'id':'home','value':{'city':'Pune'}}],"
                                        + "'validation_errors':{'state':'Unknown state'}}}")));
    }
}
