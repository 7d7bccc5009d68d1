using System.Collections.Immutable;
using Gamification.Rules.Recognition;
using Gamification.Vault;

namespace Gamification.Tests.Api;

/// <summary>The vault as its contract states it, in memory.</summary>
internal sealed class MemoryVault : IVault
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Programme, string Card), MemberId> _cards = [];
    private readonly Dictionary<(string Programme, MemberId Member), Membership> _members = [];
    private readonly Dictionary<(string Programme, MemberId Member), BirthDate> _births = [];
    private readonly List<QuarantinedBody> _quarantine = [];

    private long _quarantined;

    public int CardQuestions { get; private set; }

    public ValueTask<Membership?> FindCard(string programme, string card, CancellationToken cancellation)
    {
        lock (_gate)
        {
            CardQuestions++;
            return new(_cards.TryGetValue((programme, card), out var member) ? _members.GetValueOrDefault((programme, member)) : null);
        }
    }

    public ValueTask<IReadOnlyDictionary<string, Membership>> FindCards(string programme, IReadOnlyCollection<string> cards, CancellationToken cancellation)
    {
        lock (_gate)
        {
            CardQuestions += cards.Count;
            return new(cards.Distinct().Where(card => _cards.ContainsKey((programme, card))).ToDictionary(card => card, card => _members[(programme, _cards[(programme, card)])]));
        }
    }

    public async ValueTask<IReadOnlyDictionary<string, Membership>> FindPublicIds(string programme, IReadOnlyCollection<string> publicIds, CancellationToken cancellation)
    {
        var found = new Dictionary<string, Membership>();
        foreach (var publicId in publicIds)
        {
            if (await FindPublicId(programme, publicId, cancellation) is { } membership) found[publicId] = membership;
        }

        return found;
    }

    /// <summary>What an erasure leaves: nobody knows any more whose surrogate it was.</summary>
    public void Erase(string programme, MemberId member)
    {
        lock (_gate) _members.Remove((programme, member));
    }

    public ValueTask<Membership?> FindPublicId(string programme, string publicId, CancellationToken cancellation)
    {
        lock (_gate) return new(_members.Where(entry => entry.Key.Programme == programme && entry.Value.PublicId == publicId).Select(entry => entry.Value).SingleOrDefault());
    }

    public ValueTask<IReadOnlyDictionary<MemberId, Membership>> FindMembers(string programme, IReadOnlyCollection<MemberId> members, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return new(members.Distinct().Where(member => _members.ContainsKey((programme, member))).ToDictionary(member => member, member => _members[(programme, member)]));
        }
    }

    public ValueTask<ImmutableArray<Membership>> Admit(string programme, IReadOnlyList<NewMembership> proposals)
    {
        lock (_gate)
        {
            var admitted = ImmutableArray.CreateBuilder<Membership>();
            foreach (var proposal in proposals)
            {
                if (_cards.TryAdd((programme, proposal.Card), proposal.Member)) _members[(programme, proposal.Member)] = new(proposal.Member, proposal.PublicIds[0], proposal.Enrolled);
                admitted.Add(_members[(programme, _cards[(programme, proposal.Card)])]);
            }

            return new(admitted.ToImmutable());
        }
    }

    public ValueTask<bool> Enrol(string programme, MemberId member)
    {
        lock (_gate)
        {
            var known = _members[(programme, member)];
            _members[(programme, member)] = known with { Enrolled = true };
            return new(!known.Enrolled);
        }
    }

    public ValueTask<BirthDate> FindBirthDate(string programme, MemberId member, CancellationToken cancellation)
    {
        lock (_gate) return new(_births.GetValueOrDefault((programme, member)));
    }

    public ValueTask<bool> SetBirthDate(string programme, MemberId member, BirthDate before, BirthDate after)
    {
        lock (_gate)
        {
            if (!_members.ContainsKey((programme, member)) || _births.GetValueOrDefault((programme, member)) != before) return new(false);
            _births[(programme, member)] = after;
            return new(true);
        }
    }

    public ValueTask<int> Quarantine(QuarantinedBody body, QuarantineBounds bounds)
    {
        lock (_gate)
        {
            if (_quarantine.Any(kept => kept.Programme == body.Programme && kept.Store == body.Store && kept.Digest == body.Digest)) return new(0);
            _quarantine.Add(body with { Number = ++_quarantined });
            var old = _quarantine.Where(kept => kept.Programme == body.Programme && kept.Store == body.Store).SkipLast(bounds.BodiesPerStore).ToHashSet();
            return new(_quarantine.RemoveAll(old.Contains));
        }
    }

    public ValueTask<int> ForgetQuarantined(DateTimeOffset before)
    {
        lock (_gate) return new(_quarantine.RemoveAll(kept => kept.ReceivedAt < before));
    }

    public ValueTask<ImmutableArray<QuarantinedBody>> ReadQuarantine(string programme, string? store, long before, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return new([.. _quarantine.Where(body => body.Programme == programme && (store is null || body.Store == store) && body.Number < before).Reverse().Take(limit)]);
        }
    }
}
