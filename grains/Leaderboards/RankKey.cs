using System.Buffers.Binary;

namespace Gamification.Leaderboards;

/// <summary>
/// A place in the total order of a board: more points first; among equals whoever reached them earlier; then the smaller
/// <see cref="Draw"/>; and should two draws ever collide, the id's bytes in the order in which an id is written.
/// </summary>
internal readonly record struct RankKey(long Score, long ReachedAt, ulong Draw, Guid Member)
{
    public bool Precedes(in RankKey other) =>
        Score != other.Score ? Score > other.Score
        : ReachedAt != other.ReachedAt ? ReachedAt < other.ReachedAt
        : Draw != other.Draw ? Draw < other.Draw
        : Member.CompareTo(other.Member) < 0;

    /// <summary>
    /// The lot that <paramref name="member"/> draws on the board with <paramref name="seed"/>: three rounds of the SplitMix64 finaliser
    /// over the seed and the two big-endian halves of the id. Standings depend on it, so it never changes: it is the same on
    /// every machine, process and version, and golden tests hold it.
    /// </summary>
    public static ulong DrawOf(ulong seed, Guid member)
    {
        Span<byte> bytes = stackalloc byte[16];
        member.TryWriteBytes(bytes, bigEndian: true, out _);
        var draw = Mix(unchecked(seed + 0x9E3779B97F4A7C15));
        draw = Mix(draw ^ BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return Mix(draw ^ BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
