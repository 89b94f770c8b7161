import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import javax.servlet.DispatcherType;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.server.CometDServlet;
import org.cometd.server.ext.AcknowledgedMessagesExtension;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.ajax.JSON;

/**
 * A contact-centre server as far as a link sees one: REST, and CometD in the same HTTP session. It takes its options as
 * its one argument, orders as lines on standard input, and says what it saw in lines on standard output; all of them JSON.
 */
public final class Main {
    private static final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        Map<?, ?> options = (Map<?, ?>) new JSON().fromJSON(arguments[0]);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(((Number) options.get("port")).intValue());
        server.addConnector(connector);

        Rest rest = new Rest(((Number) options.get("refusal")).intValue());
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.setContextPath("/api/v2");
        FilterHolder holder = new FilterHolder(rest);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
        ServletHolder cometd = new ServletHolder(new CometDServlet());
        ((Map<?, ?>) options.get("comet")).forEach((name, value) -> cometd.setInitParameter("" + name, "" + value));
        cometd.setAsyncSupported(true);
        cometd.setInitOrder(1);
        context.addServlet(cometd, "/notifications/*");
        server.setHandler(context);
        server.start();

        BayeuxServer bayeux = (BayeuxServer) context.getServletContext().getAttribute(BayeuxServer.ATTRIBUTE);
        if (Boolean.TRUE.equals(options.get("ack"))) bayeux.addExtension(new AcknowledgedMessagesExtension());
        Agent agent = new Agent(rest, bayeux);
        say(Map.of("saw", "listening", "port", connector.getLocalPort()));

        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = orders.readLine()) != null; ) {
            Map<?, ?> order = (Map<?, ?>) new JSON().fromJSON(line);
            agent.obey(order);
            say(Map.of("saw", "order", "number", order.get("number")));
        }
        server.stop();
    }

    static synchronized void say(Map<String, ?> what) {
        out.println(new JSON().toJSON(new HashMap<>(what)));
    }
}
