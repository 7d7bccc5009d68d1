using System.Numerics;

namespace Gamification.Leaderboards;

/// <summary>
/// Every member a board has heard of, under a dense ordinal that the ordered blocks use in place of the 16-byte id.
/// Rows of one member lie together, so that an update costs one or two cache lines and not one for each column; they live in pages,
/// so that growing copies nothing. The id table has open addressing at a load of at most 3/4: about 7 bytes a member at 10 million.
/// </summary>
internal sealed class Roster(ulong seed)
{
    private const int PageBits = 14;
    private const int PageSize = 1 << PageBits;

    private readonly Stack<int> _freed = [];
    private ScoreRow[][] _pages = [new ScoreRow[8]];
    private uint[] _slots = new uint[16];
    private int _next;

    /// <summary>All ordinals in use are smaller than this.</summary>
    public int End => _next;

    public int Count => _next - _freed.Count;

    /// <summary>The row of an ordinal in use. The reference holds until the next <see cref="Add"/>.</summary>
    public ref ScoreRow this[int ordinal] => ref _pages[ordinal >> PageBits][ordinal & (PageSize - 1)];

    public bool IsInUse(int ordinal) => Find(this[ordinal].Member, RankKey.DrawOf(seed, this[ordinal].Member)) == ordinal;

    public RankKey KeyOf(int ordinal) => KeyOf(in this[ordinal]);

    public RankKey KeyOf(in ScoreRow row) => new(row.Score, row.ReachedAt, RankKey.DrawOf(seed, row.Member), row.Member);

    /// <summary>
    /// The ordinal of a member, or -1. <paramref name="draw"/> is the member's own, passed because callers need it anyway.
    /// </summary>
    public int Find(Guid member, ulong draw) => OrdinalAt(Locate(member, draw));

    /// <summary>Takes in a member that is not here yet, on the ordinal of a forgotten one if there is any.</summary>
    public int Add(in ScoreRow row, ulong draw)
    {
        Reserve(Count + 1);
        if (!_freed.TryPop(out var ordinal)) ordinal = Extend();
        this[ordinal] = row;
        _slots[Locate(row.Member, draw)] = Slot(ordinal, draw);
        return ordinal;
    }

    /// <summary>Forgets a member and frees its ordinal. Later entries of the probe chain move up, so no tombstones gather.</summary>
    public void Remove(int ordinal)
    {
        ref var row = ref this[ordinal];
        var hole = Locate(row.Member, RankKey.DrawOf(seed, row.Member));
        row = default;
        _freed.Push(ordinal);

        for (var at = Next(hole); _slots[at] != 0; at = Next(at))
        {
            var home = Home(RankKey.DrawOf(seed, this[OrdinalAt(at)].Member));
            if (Distance(home, at) < Distance(hole, at)) continue;    // it would land before its home
            _slots[hole] = _slots[at];
            hole = at;
        }

        _slots[hole] = 0;
    }

    /// <summary>
    /// Makes room for so many members in all, so that a load does not rehash on its way. Without it the table doubles when it is full,
    /// a pause of about 0.1 µs for each member there.
    /// </summary>
    public void Reserve(int members)
    {
        if (members <= _slots.Length / 4 * 3) return;
        var old = _slots;
        var oldMask = Mask;
        _slots = new uint[checked((int)BitOperations.RoundUpToPowerOf2((uint)members / 3 * 4 + 4))];
        foreach (var slot in old)
        {
            if (slot == 0) continue;
            var ordinal = (int)(slot & oldMask) - 1;
            var draw = RankKey.DrawOf(seed, this[ordinal].Member);
            _slots[FirstEmpty(draw)] = Slot(ordinal, draw);
        }
    }

    private uint Mask => (uint)_slots.Length - 1;

    private uint Next(uint at) => (at + 1) & Mask;

    private uint Distance(uint from, uint to) => unchecked(to - from) & Mask;

    private uint Home(ulong draw) => unchecked((uint)draw) & Mask;

    private int OrdinalAt(uint slot) => (int)(_slots[slot] & Mask) - 1;

    /// <summary>
    /// A slot is the ordinal + 1, zero when empty. A table of 2^k slots needs k bits for that; the others hold bits of the draw, so
    /// that a probe all but never reads the row of another member.
    /// </summary>
    private uint Slot(int ordinal, ulong draw) => Print(draw) | (uint)(ordinal + 1);

    private uint Print(ulong draw) => (uint)(draw >> 32) & ~Mask;

    private uint Locate(Guid member, ulong draw)
    {
        var print = Print(draw);
        for (var at = Home(draw); ; at = Next(at))
        {
            var slot = _slots[at];
            if (slot == 0 || ((slot & ~Mask) == print && this[OrdinalAt(at)].Member == member)) return at;
        }
    }

    private uint FirstEmpty(ulong draw)
    {
        var at = Home(draw);
        while (_slots[at] != 0) at = Next(at);
        return at;
    }

    private int Extend()
    {
        var page = _next >> PageBits;
        if (page == _pages.Length) Array.Resize(ref _pages, page + 1);

        // Only the first page starts small: most boards are.
        ref var rows = ref _pages[page];
        if (page > 0) rows ??= new ScoreRow[PageSize];
        else if (_next == rows.Length) Array.Resize(ref rows, rows.Length * 2);
        return _next++;
    }
}
