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
constexpr int RowsAhead = 16;

inline Lanes load(const float* p) { return *reinterpret_cast<const Lanes*>(p); }
inline void store(float* p, Lanes x) { *reinterpret_cast<Lanes*>(p) = x; }
inline Lanes all(float x) { return x - Lanes{}; }
inline Lanes smaller(Lanes a, Lanes b) { return a < b ? a : b; }
inline Lanes larger(Lanes a, Lanes b) { return a > b ? a : b; }
inline Lanes clamp(Lanes g, float low, float high) { return smaller(larger(g, all(low)), all(high)); }

// 2^x for |x| <= 125: round to the nearest integer by a magic number, polynomial of degree 4 for the rest in Estrin's order, integer addition
// to the exponent.
inline Lanes exp2(Lanes x)
{
    const Lanes magic = all(12582912.0f);
    const Lanes shifted = x + magic;
    const Lanes f = x - (shifted - magic);
    const Lanes square = f * f;
    const Lanes low = 6.931217909e-1f * f + 9.999992847e-1f;
    const Lanes high = 5.591785535e-2f * f + 2.402474433e-1f;
    const Lanes p = (9.570107795e-3f * square + high) * square + low;
    return (Lanes)((Integers)p + ((Integers)shifted << 23));
}

// 1 - 2^-y for 0 <= y <= 1/32.
inline Lanes one_minus_exp2_negative(Lanes y)
{
    return y * ((5.505520850e-2f * y - 2.402212471e-1f) * y + 6.931471825e-1f);
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
    const float* rate;
    const float* target;
    const float* slope;
    const float* scale;
    inline Lanes operator()(Lanes g, Lanes trace, int c) const
    {
        const Lanes z = load(rate + c) * trace * exp2(load(slope + c) * g + load(target + c));
        return clamp((load(scale + c) * -4.98698e-1f * z + load(scale + c) * 9.99999364e-1f) * z + g, 0.0f, 1.0f);
    }
};

struct Linear
{
    const float* rate;
    inline Lanes operator()(Lanes g, Lanes trace, int c) const { return clamp(g + load(rate + c) * trace, 0.0f, 1.0f); }
};

// Bands of four active rows; where the update touches more than the second-level cache holds, states are fetched 16 active rows ahead.
template <bool Prefetches, class Law>
void update_panel(float* state, const int* rows, const float* traces, int active, Law law)
{
    int k = 0;
    for (; k + Band <= active; k += Band)
    {
        float* g[Band];
        float* ahead[Band];
        Lanes trace[Band];
        for (int r = 0; r < Band; r++)
        {
            g[r] = state + (size_t)rows[k + r] * PanelWidth;
            ahead[r] = state + (size_t)rows[k + r + RowsAhead < active ? k + r + RowsAhead : active - 1] * PanelWidth;
            trace[r] = all(traces[k + r]);
        }
        for (int c = 0; c < PanelWidth; c += Width)
        {
            if (Prefetches)
                for (int r = 0; r < Band; r++) __builtin_prefetch(ahead[r] + c);
            for (int r = 0; r < Band; r++) store(g[r] + c, law(load(g[r] + c), trace[r], c));
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
    const bool prefetches = (size_t)active * columns * 4 > (1u << 20);
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

// The updates take four constants of every column, one vector of `columns` floats after the other: rate, target, slope, scale.

// Soft bounds, exact: g += (target - g) (1 - 2^-(rate * trace)), for rate * trace <= 1/32
void twin_soft_bounds(float* state, const int* rows, const float* traces, int active, int row_count, int columns, const float* constants)
{
    update(state, rows, traces, active, row_count, columns, [=](int j) { return SoftBounds{constants + j, constants + columns + j}; });
}

// Exponential in the state, exact: g += scale * log(1 + z) with z = rate * trace * 2^(slope * g + target) <= 1/256
void twin_exponential(float* state, const int* rows, const float* traces, int active, int row_count, int columns, const float* constants)
{
    update(state, rows, traces, active, row_count, columns, [=](int j) {
        return Exponential{constants + j, constants + columns + j, constants + 2 * columns + j, constants + 3 * columns + j};
    });
}

// Ideal linear: g += rate * trace
void twin_ideal_linear(float* state, const int* rows, const float* traces, int active, int row_count, int columns, const float* constants)
{
    update(state, rows, traces, active, row_count, columns, [=](int j) { return Linear{constants + j}; });
}

}
