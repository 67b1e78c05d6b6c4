// The kernels of RramSnn once more in C++, with the same layout, blocking and polynomials, so that only language and compiler differ.
// A matrix is a row of panels of 128 columns; a panel is contiguous and row-major. Compiled at run time by RramSnn.Bench.
#include <cstddef>

// A vector of the running width; VECTOR_BYTES comes from the command line. Loads and stores are aligned.
typedef float Lanes __attribute__((vector_size(VECTOR_BYTES)));
typedef int Integers __attribute__((vector_size(VECTOR_BYTES)));

namespace {

constexpr int Width = VECTOR_BYTES / 4;
constexpr int PanelWidth = 128;
constexpr int Band = 4; // rows that share the column constants

inline Lanes load(const float* p) { return *reinterpret_cast<const Lanes*>(p); }
inline void store(float* p, Lanes x) { *reinterpret_cast<Lanes*>(p) = x; }
inline Lanes all(float x) { return x - Lanes{}; }
inline Lanes smaller(Lanes a, Lanes b) { return a < b ? a : b; }
inline Lanes larger(Lanes a, Lanes b) { return a > b ? a : b; }
inline Lanes clamp(Lanes g, float low, float high) { return smaller(larger(g, all(low)), all(high)); }

// 2^x: round to the nearest integer by a magic number, polynomial of degree 5 for the rest, integer addition to the exponent.
inline Lanes exp2(Lanes x)
{
    x = larger(x, all(-126.0f));
    const Lanes magic = all(12582912.0f);
    const Lanes shifted = x + magic;
    const Lanes f = x - (shifted - magic);
    Lanes p = 1.327647217e-03f * f + 9.675541331e-03f;
    p = p * f + 5.550713273e-02f;
    p = p * f + 2.402211972e-01f;
    p = p * f + 6.931469671e-01f;
    p = p * f + 1.000000072e+00f;
    return (Lanes)((Integers)p + ((Integers)shifted << 23));
}

// 1 - 2^-y for 0 <= y <= 1/2.
inline Lanes one_minus_exp2_negative(Lanes y)
{
    const Lanes f = -y;
    Lanes p = 1.540351277e-4f * f + 1.339073548e-3f;
    p = p * f + 9.618237494e-3f;
    p = p * f + 5.550357434e-2f;
    p = p * f + 2.402264979e-1f;
    p = p * f + 6.931471879e-1f;
    return y * p;
}

// Constants of 128 columns, as the kernels prepare them once per panel.
struct SoftBounds
{
    const float* rate;
    const float* target;
    inline Lanes operator()(Lanes g, Lanes trace, int c) const
    {
        return g + (load(target + c) - g) * one_minus_exp2_negative(load(rate + c) * trace);
    }
};

struct Exponential
{
    const float* amount;
    const float* slope;
    const float* offset;
    inline Lanes operator()(Lanes g, Lanes trace, int c) const
    {
        return clamp(g + load(amount + c) * trace * exp2(g * load(slope + c) + load(offset + c)), 0.0f, 1.0f);
    }
};

struct Linear
{
    const float* rate;
    inline Lanes operator()(Lanes g, Lanes trace, int c) const { return clamp(g + load(rate + c) * trace, 0.0f, 1.0f); }
};

// Bands of four active rows; out of cache the next band is fetched beforehand.
template <bool Prefetches, class Law>
void update_panel(float* state, const int* rows, const float* traces, int active, Law law)
{
    int k = 0;
    for (; k + Band <= active; k += Band)
    {
        float* g[Band];
        float* next[Band];
        Lanes trace[Band];
        for (int r = 0; r < Band; r++)
        {
            g[r] = state + (size_t)rows[k + r] * PanelWidth;
            next[r] = k + Band + r < active ? state + (size_t)rows[k + Band + r] * PanelWidth : g[r];
            trace[r] = all(traces[k + r]);
        }
        for (int c = 0; c < PanelWidth; c += Width)
            for (int r = 0; r < Band; r++)
            {
                if (Prefetches) __builtin_prefetch(next[r] + c);
                store(g[r] + c, law(load(g[r] + c), trace[r], c));
            }
    }
    for (; k < active; k++)
    {
        float* g = state + (size_t)rows[k] * PanelWidth;
        for (int c = 0; c < PanelWidth; c += Width)
            store(g + c, law(load(g + c), all(traces[k]), c));
    }
}

// Law makes the constants of a panel from its first column.
template <class Law>
void update(float* state, const int* rows, const float* traces, int active, int row_count, int columns, Law at)
{
    const bool prefetches = (size_t)row_count * columns * 4 > (8u << 20);
    for (int j = 0; j < columns; j += PanelWidth, state += (size_t)row_count * PanelWidth)
        if (prefetches) update_panel<true>(state, rows, traces, active, at(j));
        else update_panel<false>(state, rows, traces, active, at(j));
}

} // namespace

extern "C" {

// current += input * matrix
void twin_dense(const float* matrix, const float* input, float* current, int rows, int columns)
{
    for (int j = 0; j < columns; j += PanelWidth)
    {
        Lanes sum[PanelWidth / Width];
        for (int c = 0; c < PanelWidth / Width; c++) sum[c] = load(current + j + c * Width);
        for (int i = 0; i < rows; i++, matrix += PanelWidth)
            for (int c = 0; c < PanelWidth / Width; c++) sum[c] += input[i] * load(matrix + c * Width);
        for (int c = 0; c < PanelWidth / Width; c++) store(current + j + c * Width, sum[c]);
    }
}

// Soft bounds, exact: g += (target - g) (1 - 2^-(rate * trace))
void twin_soft_bounds(float* state, const int* rows, const float* traces, int active, int row_count, int columns, const float* rate, const float* target)
{
    update(state, rows, traces, active, row_count, columns, [=](int j) { return SoftBounds{rate + j, target + j}; });
}

// Exponential in the state, first order: g += amount * trace * 2^(slope * g + offset)
void twin_exponential(float* state, const int* rows, const float* traces, int active, int row_count, int columns, const float* amount, const float* slope, const float* offset)
{
    update(state, rows, traces, active, row_count, columns, [=](int j) { return Exponential{amount + j, slope + j, offset + j}; });
}

// Ideal linear: g += rate * trace
void twin_linear(float* state, const int* rows, const float* traces, int active, int row_count, int columns, const float* rate)
{
    update(state, rows, traces, active, row_count, columns, [=](int j) { return Linear{rate + j}; });
}

}
