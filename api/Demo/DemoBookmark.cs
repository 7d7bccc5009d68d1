using System.Globalization;

namespace Gamification.Api.Demo;

/// <summary>
/// The line of the file up to which every receipt was acknowledged, kept beside the databases. It may lag behind them, never run ahead:
/// what was posted and not marked is posted again and answered as a replay. Lost or unreadable, the replay begins with the first line.
/// </summary>
public sealed class DemoBookmark(string folder)
{
    private readonly string _path = Path.Combine(folder, "demo.line");

    public int Line => File.Exists(_path) && int.TryParse(File.ReadAllText(_path), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : 0;

    /// <summary>Replaced as a whole, so that a kill leaves the old line or the new one.</summary>
    public void Move(int line)
    {
        var next = _path + ".next";
        File.WriteAllText(next, line.ToString(CultureInfo.InvariantCulture));
        File.Move(next, _path, overwrite: true);
    }
}
