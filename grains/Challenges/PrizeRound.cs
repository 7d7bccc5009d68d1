using Gamification.Recognition;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Challenges;

/// <summary>
/// All prizes of a settled run in the order in which they are posted: by member, so that accounts which lie together in the database are read and written together,
/// and a page of an index is written once and not once a prize. It follows from the archive alone, whoever reads it and whenever. 20 bytes a prize.
/// </summary>
internal sealed class PrizeRound
{
    private readonly ChallengeRunId _id;
    private readonly string _certificate;
    private readonly List<(byte[] Text, string Key, Gift Gift)> _offers = [];
    private readonly Winner[] _winners;

    private PrizeRound(ChallengeRunId id, string certificate, int count) => (_id, _certificate, _winners) = (id, certificate, new Winner[count]);

    /// <summary>Reads the archive, a chunk at a time. What it does not have is a fault: prizes were certified.</summary>
    public static async Task<PrizeRound> Read(ChallengeRunId id, SettlementArchive archive, Certificate certificate)
    {
        var round = new PrizeRound(id, certificate.Hash(), certificate.Won);
        var count = 0;
        for (var chunk = 0; await archive.Winners(chunk) is var (prizes, members); chunk++) count = round.Take(prizes.Span, members.Span, count);
        if (count != certificate.Won) throw new InvalidOperationException($"{id} has certified {certificate.Won} prizes, and {count} are in the archive.");
        Array.Sort(round._winners);
        return round;
    }

    /// <summary>The prizes of places [<paramref name="from"/>, <paramref name="from"/> + <paramref name="count"/>), as many of them as there are.</summary>
    public Prize[] Slice(int from, int count) => Array.ConvertAll(
        _winners[Math.Min(from, _winners.Length)..Math.Min(from + count, _winners.Length)],
        winner => new Prize(new(_id, new(winner.Member), _offers[winner.Offer].Key), _offers[winner.Offer].Gift, _certificate));

    /// <summary>What the member behind a slot of the standings has won.</summary>
    public Prize[] WonBy(Guid slot)
    {
        var slots = new SlotHash(_id);
        var from = Array.FindIndex(_winners, winner => slots.Of(winner.Member) == slot);
        return from < 0 ? [] : Slice(from, _winners.Skip(from).TakeWhile(winner => winner.Member == _winners[from].Member).Count());
    }

    private int Take(ReadOnlySpan<byte> prizes, ReadOnlySpan<byte> members, int count)
    {
        for (; !prizes.IsEmpty; count++)
        {
            var line = prizes[..prizes.IndexOf((byte)'\n')];
            prizes = prizes[(line.Length + 1)..];

            // place slot key points reward: what is offered is all after the slot.
            var slot = line[(line.IndexOf((byte)' ') + 1)..];
            _winners[count] = new(new(members[..SettlementArchive.GuidBytes], bigEndian: true), OfferOf(slot[(slot.IndexOf((byte)' ') + 1)..]));
            members = members[SettlementArchive.GuidBytes..];
        }

        return count;
    }

    /// <summary>There are a few of them, however many win.</summary>
    private int OfferOf(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < _offers.Count; at++)
        {
            if (text.SequenceEqual(_offers[at].Text)) return at;
        }

        var (key, gift) = StandingsText.Offer(text);
        _offers.Add((text.ToArray(), key, gift));
        return _offers.Count - 1;
    }

    private readonly record struct Winner(Guid Member, int Offer) : IComparable<Winner>
    {
        public int CompareTo(Winner other) => Member.CompareTo(other.Member) is not 0 and var order ? order : Offer.CompareTo(other.Offer);
    }
}
