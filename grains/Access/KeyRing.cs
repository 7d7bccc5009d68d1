using System.Collections.Immutable;

namespace Gamification.Access;

/// <summary>Facts of a programme's keys, as they are kept for ever. No secret is among them: a key is known by its hash.</summary>
public abstract record KeyEntry
{
    /// <summary>A key opens doors from now on.</summary>
    public sealed record Added(KeyGrant Grant) : KeyEntry
    {
        public const string Type = "key.added";
    }

    /// <summary>It never does again.</summary>
    public sealed record Revoked(string Id, DateTimeOffset At) : KeyEntry
    {
        public const string Type = "key.revoked";
    }
}

/// <summary>All keys of a programme, oldest first: the fold of its entries, and its snapshot.</summary>
public sealed record KeyRing
{
    public const int LiveMax = 10_000;

    public static KeyRing Empty { get; } = new();

    public ImmutableList<KeyGrant> Grants { get; init; } = [];

    public int Live => Grants.Count(grant => grant.RevokedAt is null);

    /// <summary>The entry that adds this grant, or why there is none: the same hash is here already, or too many keys are live.</summary>
    public (KeyEntry? Entry, KeyGrant? Existing) Add(KeyGrant grant)
    {
        if (Grants.Find(known => known.Hash == grant.Hash) is { } existing) return (null, existing);
        return Live >= LiveMax ? (null, null) : (new KeyEntry.Added(grant), null);
    }

    /// <summary>The entry that revokes this key; none when it is unknown or revoked already.</summary>
    public (KeyEntry? Entry, bool Known) Revoke(string id, DateTimeOffset at) => Grants.Find(grant => grant.Id == id) switch
    {
        null => (null, false),
        { RevokedAt: not null } => (null, true),
        _ => (new KeyEntry.Revoked(id, at), true),
    };

    public KeyRing Apply(KeyEntry entry) => entry switch
    {
        KeyEntry.Added added => this with { Grants = Grants.Add(added.Grant) },
        KeyEntry.Revoked revoked when Grants.FindIndex(grant => grant.Id == revoked.Id) is >= 0 and var index =>
            this with { Grants = Grants.SetItem(index, Grants[index] with { RevokedAt = revoked.At }) },
        _ => this,
    };
}
