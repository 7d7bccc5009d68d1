using System.Security.Cryptography;
using System.Text;
using Gamification.Journal;

namespace Gamification.Members;

/// <summary>The business keys of a merge's four steps, each of which happens once in the programme. A merge's id lasts as long as the ledger.</summary>
internal static class MergeKeys
{
    public static BusinessKey Of(MergeEntry entry) => entry switch
    {
        MemberLeft left => Left(left.Merge, Content(left)),
        MemberJoined joined => Joined(joined.Merge),
        MemberParted parted => Parted(parted.Merge),
        _ => Revived(entry.Merge),
    };

    public static BusinessKey Left(string merge, Guid content = default) => Key("left", merge, content);

    public static BusinessKey Joined(string merge) => Key("joined", merge);

    public static BusinessKey Parted(string merge) => Key("parted", merge);

    public static BusinessKey Revived(string merge) => Key("revived", merge);

    private static BusinessKey Key(string step, string merge, Guid content = default) => BusinessKey.Undated($"merge-{step}\n{merge}\n", content);

    private static Guid Content(MemberLeft left) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"merge\n{left.Merge}\n{left.Other}\n")).AsSpan(..16), bigEndian: true);
}
