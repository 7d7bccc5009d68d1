using System.Globalization;

namespace Gamification.Api.Demo;

/// <summary>One line that tells how far the replay has come; redrawn in place on a terminal, a line every twentieth elsewhere.</summary>
public sealed class DemoProgress(TextWriter output, bool inPlace, int linesOfFile, TimeProvider clock)
{
    private const int Width = 30;
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(200);

    private readonly long _started = clock.GetTimestamp();
    private long _drawn = long.MinValue;
    private int _twentieth = -1;

    public void Tell(DemoReceipt last, DemoCounts counts, bool done = false)
    {
        var share = Math.Min(1.0, (double)last.Line / linesOfFile);
        var twentieth = (int)(share * 20);
        var drawNow = inPlace ? _drawn == long.MinValue || clock.GetElapsedTime(_drawn) > DrawEvery : twentieth != _twentieth;
        if (!drawNow && !done) return;

        (_drawn, _twentieth) = (clock.GetTimestamp(), twentieth);
        var bar = new string('█', (int)(share * Width)).PadRight(Width, '░');
        var answered = counts.Recorded + counts.Replayed + counts.Refused;
        var rate = answered / Math.Max(0.001, clock.GetElapsedTime(_started).TotalSeconds);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{bar} {share,4:P0}  {last.OccurredAt:yyyy-MM-dd HH:mm}  {counts.Recorded:N0} recorded, {counts.Replayed:N0} replayed, {counts.Refused:N0} refused  {rate:N0}/s");
        if (inPlace) output.Write($"\r{text}   ");
        else output.WriteLine(text);
        if (done && inPlace) output.WriteLine();
    }
}
