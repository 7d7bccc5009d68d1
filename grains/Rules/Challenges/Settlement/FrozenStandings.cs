using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gamification.Challenges;

namespace Gamification.Rules.Challenges.Settlement;

/// <summary>
/// The standings of a run in their final order: score, then the earlier <c>reached_at</c>, then the slot (spec §9). A function of the rows, whatever order
/// they are given in.
/// </summary>
public sealed class FrozenStandings
{
    private readonly FrozenRow[] _rows;

    private FrozenStandings(FrozenRow[] rows, ImmutableArray<GroupRow> groups) => (_rows, Groups) = (rows, groups);

    public ReadOnlySpan<FrozenRow> Rows => _rows;

    /// <summary>Best first; empty when no groups contend.</summary>
    public ImmutableArray<GroupRow> Groups { get; }

    /// <param name="run">Which run.</param>
    /// <param name="contest">Who ranks.</param>
    /// <param name="finals">Rows without a score are left out. A member is in a group at most once.</param>
    public static FrozenStandings Of(ChallengeRunId run, Contest contest, IReadOnlyCollection<FinalRow> finals)
    {
        var slots = new SlotHash(run);
        var rows = new FrozenRow[finals.Count];
        var count = 0;
        foreach (var final in finals)
        {
            if (final.Score <= 0) continue;
            rows[count++] = new(slots.Of(final.Member), final.Member, 0, final.Group, final.Score, final.ReachedAt, final.CompletedAt, final.IsHidden);
        }

        Array.Resize(ref rows, count);
        return Of(contest, rows);
    }

    /// <summary>Orders and ranks rows that have their slots.</summary>
    internal static FrozenStandings Of(Contest contest, FrozenRow[] rows)
    {
        Array.Sort(rows, InOrder);
        if (contest is Individually) Rank(rows);
        return new(rows, GroupStandings.Of(contest, rows));
    }

    public static int InOrder(FrozenRow left, FrozenRow right)
    {
        if (left.Score != right.Score) return right.Score.CompareTo(left.Score);
        if (left.ReachedAt != right.ReachedAt) return left.ReachedAt.CompareTo(right.ReachedAt);
        var slot = left.Slot.CompareTo(right.Slot);
        return slot != 0 ? slot : left.Group.CompareTo(right.Group);
    }

    private static void Rank(FrozenRow[] rows)
    {
        var (ranked, rank, score) = (0, 0, -1L);
        for (var at = 0; at < rows.Length; at++)
        {
            if (rows[at].IsHidden) continue;
            ranked++;
            if (rows[at].Score != score) (rank, score) = (ranked, rows[at].Score);
            rows[at] = rows[at] with { Rank = rank };
        }
    }
}

/// <summary>The first 128 bits, big-endian, of SHA-256 over the run's (or board's) text, a line feed, and the member's 32 hex digits.</summary>
public sealed class SlotHash
{
    private readonly byte[] _text;
    private readonly int _prefix;

    public SlotHash(ChallengeRunId run)
        : this(run.ToString())
    {
    }

    /// <param name="of">What the standings are of.</param>
    public SlotHash(string of)
    {
        _prefix = Encoding.UTF8.GetByteCount($"{of}\n");
        _text = new byte[_prefix + 32];
        Encoding.UTF8.GetBytes($"{of}\n", _text);
    }

    public Guid Of(Guid member)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        member.TryFormat(_text.AsSpan(_prefix), out _, "N");
        SHA256.HashData(_text, hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
