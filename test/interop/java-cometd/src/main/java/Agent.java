import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.cometd.bayeux.server.BayeuxContext;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.LocalSession;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.DefaultSecurityPolicy;

/** One agent: who speaks in its name, what is told to it, and what the test orders the server to do. */
final class Agent {
    private final Rest rest;
    private final BayeuxServer bayeux;
    private final LocalSession notifier;

    Agent(Rest rest, BayeuxServer bayeux) {
        this.rest = rest;
        this.bayeux = bayeux;
        bayeux.setSecurityPolicy(new Policy());
        bayeux.addExtension(new Witness());
        // The methods of this listener have other parameters in each generation of CometD; their names are the same.
        Class<?> type = BayeuxServer.SessionListener.class;
        bayeux.addListener((BayeuxServer.SessionListener) Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, told) -> {
                    if (method.getName().equals("equals")) return self == told[0];
                    if (method.getName().equals("hashCode")) return System.identityHashCode(self);
                    if (method.getName().equals("sessionRemoved")) removed((ServerSession) told[0], told[told.length - 1]);
                    return null;
                }));
        notifier = bayeux.newLocalSession("contact-centre");
        notifier.handshake();
    }

    private void removed(ServerSession session, Object isTimeout) {
        if (!session.isLocalSession()) Main.say(Map.of("saw", "removed", "client", session.getId(), "isTimeout", isTimeout));
    }

    void obey(Map<?, ?> order) {
        if (order.get("interactions") instanceof Object[] interactions) rest.interactions = interactions;
        if (order.get("channels") instanceof Object[] channels) rest.channels = channels;
        List<ServerSession> sessions = bayeux.getSessions().stream().filter(one -> !one.isLocalSession()).toList();
        if (order.get("lazy") instanceof String topic) bayeux.getChannel(topic).setLazy(true);
        if (order.get("advise") instanceof Map<?, ?> advice) {
            for (ServerSession session : sessions) {
                session.setTimeout(((Number) advice.get("timeout")).longValue());
                session.setInterval(((Number) advice.get("interval")).longValue());
            }
        }
        if (order.get("notify") instanceof Object[] news) {
            // In one batch, so that all of it goes out in one answer.
            for (ServerSession session : sessions) session.startBatch();
            for (Object one : news) {
                Map<?, ?> notification = (Map<?, ?>) one;
                notifier.getChannel((String) notification.get("topic")).publish(notification.get("data"));
            }
            for (ServerSession session : sessions) session.endBatch();
        }
        if (order.get("end") instanceof String what) {
            if (!what.equals("comet")) rest.endVisits();
            if (!what.equals("http")) for (ServerSession session : sessions) session.disconnect();
        }
    }

    /** Only who has an HTTP session may shake hands. */
    private final class Policy extends DefaultSecurityPolicy {
        @Override
        public boolean canHandshake(BayeuxServer server, ServerSession session, ServerMessage message) {
            return session.isLocalSession() || contextOf(message).getRequestAttribute(Rest.VISIT) != null;
        }

        /** Up to CometD 4 the server has it, from 5 on the message. */
        private BayeuxContext contextOf(ServerMessage message) {
            try {
                return (BayeuxContext) ServerMessage.class.getMethod("getBayeuxContext").invoke(message);
            } catch (ReflectiveOperationException absent) {
                try {
                    return (BayeuxContext) BayeuxServer.class.getMethod("getContext").invoke(bayeux);
                } catch (ReflectiveOperationException neither) {
                    throw new IllegalStateException(neither);
                }
            }
        }
    }

    /** Says what the clients ask for, without data. */
    public static final class Witness implements BayeuxServer.Extension {
        public boolean rcv(ServerSession from, ServerMessage.Mutable message) {
            return true;
        }

        public boolean rcvMeta(ServerSession from, ServerMessage.Mutable message) {
            if (from == null || !from.isLocalSession()) {
                Object client = message.getClientId() == null ? "" : message.getClientId();
                Main.say(Map.of("saw", message.getChannel(), "client", client));
            }
            return true;
        }

        public boolean send(ServerSession from, ServerSession to, ServerMessage.Mutable message) {
            return true;
        }

        public boolean sendMeta(ServerSession to, ServerMessage.Mutable message) {
            return true;
        }
    }
}
