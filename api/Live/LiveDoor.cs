using System.Globalization;

namespace Gamification.Live;

/// <summary>Stands before the hub, so that neither a token that opens nothing nor one client too many costs a connection.</summary>
internal sealed class LiveDoor(ILiveAccess access, LiveConnections connections, LiveOptions options)
{
    /// <summary>Browsers cannot set headers on a socket, so that the token may come in the query.</summary>
    public static string? TokenOf(HttpContext? context)
    {
        const string scheme = "Bearer ";
        if (context?.Request.Headers.Authorization.ToString() is { } header && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return header[scheme.Length..].Trim();
        }

        return context?.Request.Query["access_token"] is [{ Length: > 0 } token] ? token : null;
    }

    public async Task Enter(HttpContext context, RequestDelegate hub)
    {
        if (TokenOf(context) is not { } token || await access.Authenticate(token, context.RequestAborted) is null)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }
        else if (connections.IsFull && BringsOneMore(context))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = ((int)options.KeepAliveEvery.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            await hub(context);
        }
    }

    /// <summary>Long polling sends many requests for one connection, each with its id; those go on when the house is full.</summary>
    private static bool BringsOneMore(HttpContext context) =>
        !context.Request.Query.ContainsKey("id") || context.Request.Path.Value?.EndsWith("/negotiate", StringComparison.Ordinal) == true;
}
