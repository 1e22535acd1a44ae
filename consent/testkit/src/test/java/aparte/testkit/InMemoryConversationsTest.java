package aparte.testkit;

import aparte.consent.Conversations;

class InMemoryConversationsTest extends ConversationsContract {
    @Override
    protected Conversations conversations() {
        return new InMemoryConversations();
    }
}
