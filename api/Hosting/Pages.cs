namespace Gamification.Api.Hosting;

/// <summary>Serves the built pages; without them, one that says what to install. Paths of the API are never answered with a page.</summary>
internal static class Pages
{
    private const string Policy = "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

    public static void MapPages(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => Guard(file.Context.Response, immutable: file.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)),
        });
        foreach (var page in new[] { "/", "/board", "/screen", "/challenges", "/challenge", "/impact", "/me", "/desk", "/desk/impact" })
        {
            app.MapGet(page, context =>
            {
                Guard(context.Response, immutable: false);
                context.Response.ContentType = "text/html; charset=utf-8";
                var index = files.GetFileInfo("index.html");
                return index.Exists
                    ? context.Response.SendFileAsync(index)
                    : context.Response.SendFileAsync(Path.Combine(app.Environment.ContentRootPath, "Pages", "no-web.html"));
            });
        }
    }

    private static void Guard(HttpResponse response, bool immutable)
    {
        response.Headers.CacheControl = immutable ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
