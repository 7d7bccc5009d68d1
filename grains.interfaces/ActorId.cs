namespace Gamification;

/// <summary>
/// Names one actor in every durable row, metric and log line: programme, kind, key.
/// Kinds are lower-case nouns (<c>member</c>, <c>till</c>, <c>keys</c>); a member's key is its surrogate in 32 hex digits,
/// never a card number.
/// </summary>
[GenerateSerializer, Immutable, Alias("actor-id")]
public readonly record struct ActorId([property: Id(0)] string Programme, [property: Id(1)] string Kind, [property: Id(2)] string Key)
{
    public static ActorId Member(string programme, MemberId member) => new(programme, "member", member.ToString());

    /// <summary>The form stored in rows, <c>kind/key</c>; the programme has a column of its own.</summary>
    public string Path => $"{Kind}/{Key}";

    public static ActorId FromPath(string programme, string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new(programme, path[..slash], path[(slash + 1)..])
            : throw new FormatException($"'{path}' is not an actor path: kind/key is expected.");
    }

    /// <summary>What a grain's key says that is of one programme, <c>programme/key</c>; the key may have slashes of its own. Throws <see cref="FormatException"/>.</summary>
    public static (string Programme, string Key) PartsOf(string grainKey)
    {
        var slash = grainKey.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? (grainKey[..slash], grainKey[(slash + 1)..])
            : throw new FormatException($"'{grainKey}' is not the key of a programme's grain: programme/key is expected.");
    }

    public override string ToString() => $"{Programme}/{Kind}/{Key}";
}

/// <summary>
/// The random surrogate that everything durable carries for a member. Only the vault can tell whose it is;
/// once that mapping is destroyed nobody can.
/// </summary>
[GenerateSerializer, Immutable, Alias("member-id")]
public readonly record struct MemberId([property: Id(0)] Guid Value)
{
    public static MemberId Parse(string text) => new(Guid.ParseExact(text, "N"));

    public override string ToString() => Value.ToString("N");
}
