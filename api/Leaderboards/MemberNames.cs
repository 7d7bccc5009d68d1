using System.Collections.Immutable;
using Gamification.Vault;

namespace Gamification.Api;

/// <summary>What others may see of a member: the public id and the pseudonym made of it. A member who left has no id, and a dash for a name.</summary>
public readonly record struct MemberName(string? PublicId, string Name)
{
    public static MemberName Gone { get; } = new(null, "—");

    public static MemberName Of(Membership membership) => new(membership.PublicId, Pseudonyms.Of(membership.PublicId));
}

/// <summary>
/// Public names by surrogate: a bounded memory before the vault, a minute at most behind it. Boards ask for fifty at a time and
/// get all but the new ones from here.
/// </summary>
public sealed class MemberNames(EdgeOptions options, IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private readonly BoundedCache<(string Programme, MemberId Member), MemberName> _kept = new(options.NamesCached, KeptFor, clock);

    public async ValueTask<MemberName> Of(string programme, MemberId member) =>
        _kept.TryGet((programme, member), out var name) ? name : (await Of(programme, [member]))[0];

    /// <summary>By position.</summary>
    public async ValueTask<ImmutableArray<MemberName>> Of(string programme, ImmutableArray<MemberId> members)
    {
        var names = new MemberName[members.Length];
        List<int>? unknown = null;
        for (var i = 0; i < names.Length; i++)
        {
            if (!_kept.TryGet((programme, members[i]), out names[i])) (unknown ??= []).Add(i);
        }

        foreach (var part in unknown?.Chunk(1_000) ?? [])
        {
            var found = await grains.GetGrain<ICardsGrain>(programme).FindMembers([.. part.Select(i => members[i])]);
            for (var i = 0; i < part.Length; i++)
            {
                var name = found[i] is { } membership ? MemberName.Of(membership) : MemberName.Gone;
                names[part[i]] = name;
                _kept.Put((programme, members[part[i]]), name);
            }
        }

        return ImmutableArray.Create(names);
    }
}
