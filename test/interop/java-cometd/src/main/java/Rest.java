import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpSession;
import org.eclipse.jetty.util.ajax.JSON;

/** The resources of agent "ana" with the password "secret"; all but signing in, and CometD too, need an HTTP session. */
final class Rest implements Filter {
    /** The request attribute that holds the HTTP session. */
    static final String VISIT = "visit";
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString("ana:secret".getBytes(StandardCharsets.UTF_8));

    volatile Object[] interactions = {};
    volatile Object[] channels = {};
    private final Set<HttpSession> visits = ConcurrentHashMap.newKeySet();
    /** The HTTP status for CometD without an HTTP session; 0 leaves it to CometD's own policy. */
    private final int refusal;

    Rest(int refusal) {
        this.refusal = refusal;
    }

    void endVisits() {
        for (HttpSession visit : visits) visit.invalidate();
        visits.clear();
    }

    @Override
    public void init(FilterConfig config) {}

    @Override
    public void destroy() {}

    @Override
    public void doFilter(ServletRequest asked, ServletResponse answered, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) asked;
        HttpServletResponse response = (HttpServletResponse) answered;
        String what = request.getMethod() + " " + request.getRequestURI().substring("/api/v2".length());
        boolean isComet = what.startsWith("POST /notifications");
        boolean isSignIn = what.equals("GET /me") && AUTHORIZATION.equals(request.getHeader("Authorization"));
        HttpSession visit = request.getSession(isSignIn);
        if (!isComet) Main.say(Map.of("saw", what, "isKnown", visit != null));
        if (isSignIn) visits.add(visit);
        request.setAttribute(VISIT, visit);
        if (visit == null && !(isComet && refusal == 0)) refuse(response, isComet ? refusal : 401);
        else if (isComet) chain.doFilter(request, response);
        else answer(request, response, what, visit);
    }

    private void refuse(HttpServletResponse response, int status) throws IOException {
        response.setStatus(status);
        write(response, Map.of("statusCode", 20, "statusMessage", "Not authenticated"));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, String what, HttpSession visit)
            throws IOException {
        if (what.equals("POST /me")) {
            String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Object operation = ((Map<?, ?>) new JSON().fromJSON(body)).get("operationName");
            Main.say(Map.of("saw", operation));
            if ("EndContactCenterSession".equals(operation)) {
                visits.remove(visit);
                visit.invalidate();
            }
        }
        write(response, switch (what) {
            case "GET /me" -> Map.of("statusCode", 0, "user", Map.of("userName", "ana"));
            case "GET /me/channels" -> Map.of("statusCode", 0, "channels", channels);
            case "GET /me/interactions" -> Map.of("statusCode", 0, "interactions", interactions);
            default -> Map.of("statusCode", 0);
        });
    }

    private void write(HttpServletResponse response, Map<String, ?> body) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.getOutputStream().write(new JSON().toJSON(body).getBytes(StandardCharsets.UTF_8));
    }
}
