package book

// block is 8×8 values, row by row.
type block [64]int32

// transform is the forward DCT of eight values by its definition, with the
// symmetric halves folded and the factors times 8192. It shifts down what comes
// out and puts it in a column.
func transform(in *[8]int32, out *block, column int, shift uint) {
	column &= 7
	shift &= 31
	round := int32(1) << shift >> 1
	a, b, c, d := in[0]+in[7], in[1]+in[6], in[2]+in[5], in[3]+in[4]
	outer, inner := a+d, b+c
	out[column] = (2896*(outer+inner) + round) >> shift
	out[column+32] = (2896*(outer-inner) + round) >> shift
	outer, inner = a-d, b-c
	out[column+16] = (3784*outer + 1567*inner + round) >> shift
	out[column+48] = (1567*outer - 3784*inner + round) >> shift

	a, b, c, d = in[0]-in[7], in[1]-in[6], in[2]-in[5], in[3]-in[4]
	out[column+8] = (4017*a + 3406*b + 2276*c + 799*d + round) >> shift
	out[column+24] = (3406*a - 799*b - 4017*c - 2276*d + round) >> shift
	out[column+40] = (2276*a - 4017*b + 799*c + 3406*d + round) >> shift
	out[column+56] = (799*a - 2276*b + 3406*c - 4017*d + round) >> shift
}

// even puts in a column what eight equal values come to: nothing but the first.
func (b *block) even(column int, value int32) {
	b[column&7] = (2896*8*value + 1<<9) >> 10
}

// again puts the column before in a column.
func (b *block) again(column int) {
	column &= 7
	for i := 0; i < 64 && column > 0; i += 8 {
		b[i+column] = b[i+column-1]
	}
}

// spectrum is the coefficients of a block, eight times as large as they are, as
// far as they are there: a bit for each, in the order of zigzag, that does not
// come to zero.
type spectrum struct {
	values block
	there  uint64
}

// finish transforms the columns of a block, whose transformed rows are the
// columns of rows. Where all rows are level, only the first column has values;
// where they are upright, each column is of one value and comes to its first.
func (b *spectrum) finish(by *scale, rows *block, level, upright bool) {
	columns := 8
	if level {
		columns = 1
	}
	for x := range columns {
		column := (*[8]int32)(rows[8*x:])
		switch {
		case upright:
			b.values[x] = (2896*8*column[0] + 1<<12) >> 13
			b.find(by, x, x+1)
		case most(column) > by.least[x]:
			transform(column, &b.values, x, 13)
			b.find(by, x, 64)
		}
	}
}

// most is what no coefficient of a column is beyond: none of the factors is as
// much as a half. Of the chromas few columns come to anything.
func most(column *[8]int32) int32 {
	sum := int32(0)
	for _, value := range column {
		sum += max(value, -value)
	}
	return sum/2 + 1
}

// find finds which coefficients of a column are there. No branch is taken by
// what one is: they are not guessed well.
func (b *spectrum) find(by *scale, from, to int) {
	for k := from; k < to; k += 8 {
		var one uint64
		if nothing := by.nothing[k&63]; uint32(b.values[k&63]+nothing) > uint32(2*nothing) {
			one = 1
		}
		b.there |= one << (order[k&63] & 63)
	}
}
