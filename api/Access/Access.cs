namespace Gamification.Api;

/// <summary>Who presents this key or token.</summary>
public sealed class Access(KeyDirectory keys, Tokens tokens)
{
    private const string Scheme = "Bearer ";

    /// <summary>
    /// The caller, or null when the text proves nothing. A caller by key holds as long as this keeps answering: long-lived connections ask again.
    /// </summary>
    public ValueTask<Caller?> Authenticate(string token) => OpaqueKey.Is(token) ? keys.Find(token) : tokens.Read(token);

    public ValueTask<Caller?> Authenticate(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? Authenticate(value[Scheme.Length..])
            : default;
    }
}
